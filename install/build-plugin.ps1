# Builds .artifacts\plugin\SerialEM-Bridge-64.dll on Windows. Needs the .NET SDK and Visual Studio's C++ build tools (Microsoft's linker).
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$publish = Join-Path $PWD '.artifacts\windows-link\publish'
$out = Join-Path $PWD '.artifacts\plugin'
dotnet publish plugin/Bridge.SerialEM -c Release -r win-x64 --nologo -o $publish
if ($LASTEXITCODE -ne 0) { throw "dotnet publish failed with $LASTEXITCODE" }
New-Item -ItemType Directory -Force $out | Out-Null
$dll = Join-Path $out 'SerialEM-Bridge-64.dll'
Copy-Item (Join-Path $publish 'Bridge.SerialEM.dll') $dll -Force
Write-Output "${dll}: $((Get-Item $dll).Length) bytes"
