#!/usr/bin/env bash
# Builds .artifacts/msi/bridge-VERSION.msi on Linux, and SHA256SUMS beside it. Needs the .NET SDK and Debian's lld, clang, llvm and wixl.
#   build-msi.sh [--version X.Y.Z] [--packed-only]
# --version: another version number than that of Directory.Build.props, for trying an upgrade. --packed-only: packs what was built before.
set -eu -o pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
packed_only=false
while [ $# -gt 0 ]; do
  case $1 in
    --version) version=${2:?--version needs X.Y.Z}; shift 2 ;;
    --packed-only) packed_only=true; shift ;;
    *) echo "usage: build-msi.sh [--version X.Y.Z] [--packed-only]" >&2; exit 2 ;;
  esac
done
command -v wixl > /dev/null || { echo "build-msi: wixl is missing; apt-get install wixl" >&2; exit 1; }
out=$PWD/.artifacts/msi
stage=$out/stage
mkdir -p "$out"

if ! $packed_only; then
  install/build-plugin.sh plugin
  install/build-plugin.sh actions
  install/publish-windows.sh
fi

# 1. Everything of the program folder, as it is to lie there.
rm -rf "$stage"
mkdir -p "$stage/macros"
cp -r .artifacts/windows/Bridge.AgentHost/. "$stage"
cp LICENSE "$stage/LICENSE.txt"
cp install/NOTICES.txt "$stage"
cp -r macros/serialem macros/python "$stage/macros"
find "$stage" -name __pycache__ -prune -exec rm -rf {} +
packaging="dotnet run --project install/Bridge.Packaging -c Release --"
$packaging documents . "$stage/docs"

# 2. Pack.
$packaging fragment "$stage" "$out/files.wxs"
wixl -a x64 -D Version="$version" -D Stage=.artifacts/msi/stage -D Plugin=.artifacts/plugin/SerialEM-Bridge-64.dll -D Actions=.artifacts/plugin/BridgeInstallActions.dll \
  -o "$out/bridge-$version.msi" install/bridge.wxs "$out/files.wxs"
(cd "$out" && sha256sum "bridge-$version.msi" > SHA256SUMS)
echo "$out/bridge-$version.msi: $(du -m "$out/bridge-$version.msi" | cut -f1) MB"
