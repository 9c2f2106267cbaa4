# Builds on Windows what runs inside other programs: .artifacts\plugin\SerialEM-Bridge-64.dll, and with -Project actions the installer's BridgeInstallActions.dll
# instead. Needs the .NET SDK and Visual Studio's C++ build tools (Microsoft's linker).
param([ValidateSet('plugin', 'actions')][string]$Project = 'plugin')
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$folder, $file = if ($Project -eq 'plugin') { 'plugin/Bridge.SerialEM', 'SerialEM-Bridge-64.dll' } else { 'install/Bridge.InstallActions', 'BridgeInstallActions.dll' }
$publish = Join-Path $PWD '.artifacts\windows-link\publish'
$out = Join-Path $PWD '.artifacts\plugin'
dotnet publish $folder -c Release -r win-x64 --nologo -o $publish
if ($LASTEXITCODE -ne 0) { throw "dotnet publish failed with $LASTEXITCODE" }
New-Item -ItemType Directory -Force $out | Out-Null
$dll = Join-Path $out $file
Copy-Item (Join-Path $publish "$(Split-Path $folder -Leaf).dll") $dll -Force
Write-Output "${dll}: $((Get-Item $dll).Length) bytes"
