# Builds .artifacts\msi\bridge-VERSION.msi on Windows, and CHECKSUMS-VERSION.txt beside it. Needs the .NET SDK, Visual Studio's C++ build tools and WiX 3 (candle, light).
#   build-msi.ps1 [-Version X.Y.Z]
param([string]$Version)
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
if (-not $Version) { $Version = ([xml](Get-Content Directory.Build.props)).Project.PropertyGroup.Version | Where-Object { $_ } | Select-Object -First 1 }
foreach ($tool in 'candle', 'light') { if (-not (Get-Command $tool -ErrorAction SilentlyContinue)) { throw "$tool is missing; install WiX 3 and add its bin folder to PATH" } }
$out = Join-Path $PWD '.artifacts\msi'
$stage = Join-Path $out 'stage'
function Invoke-Tool { & $args[0] $args[1..($args.Length - 1)]; if ($LASTEXITCODE -ne 0) { throw "$($args[0]) failed with $LASTEXITCODE" } }

install\build-plugin.ps1
install\build-plugin.ps1 -Project actions
Remove-Item $stage -Recurse -Force -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force (Join-Path $stage 'macros') | Out-Null
Invoke-Tool dotnet publish agent-host/Bridge.AgentHost -c Release -r win-x64 --self-contained --nologo -o $stage
Copy-Item LICENSE (Join-Path $stage 'LICENSE.txt')
Copy-Item install\NOTICES.txt $stage
Copy-Item macros\serialem, macros\python (Join-Path $stage 'macros') -Recurse
Get-ChildItem $stage -Recurse -Directory -Filter __pycache__ | Remove-Item -Recurse -Force
$plugin = '.artifacts\plugin\SerialEM-Bridge-64.dll'
$actions = '.artifacts\plugin\BridgeInstallActions.dll'
$packaging = '.artifacts\bin\Bridge.Packaging\release\bridge-packaging.dll'
Invoke-Tool dotnet build install/Bridge.Packaging -c Release --nologo
Invoke-Tool dotnet $packaging documents . (Join-Path $stage 'docs')
Invoke-Tool dotnet $packaging fragment $stage (Join-Path $out 'files.wxs')
$code = Invoke-Tool dotnet $packaging product-code $Version $stage $plugin $actions install\bridge.wxs
Invoke-Tool candle -nologo -arch x64 "-dVersion=$Version" "-dProductCode=$code" "-dStage=$stage" "-dPlugin=$plugin" "-dActions=$actions" -out "$out\" install\bridge.wxs "$out\files.wxs"
$msi = Join-Path $out "bridge-$Version.msi"
Invoke-Tool light -nologo -sval -out $msi "$out\bridge.wixobj" "$out\files.wixobj"
Invoke-Tool dotnet $packaging checksums $msi $stage $plugin (Join-Path $out "CHECKSUMS-$Version.txt")
Write-Output "${msi}: $([math]::Round((Get-Item $msi).Length / 1MB)) MB"
