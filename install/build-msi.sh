#!/usr/bin/env bash
# Builds .artifacts/msi/bridge-VERSION.msi on Linux, and CHECKSUMS-VERSION.txt beside it. Needs the .NET SDK and Debian's lld, clang, llvm, wixl and msitools.
# The same commit gives the same bytes, wherever it is built (check-reproducible.sh). SOURCE_DATE_EPOCH, seconds since 1970, is the time of the files in the package;
# otherwise that of the commit.
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
for tool in wixl msibuild; do
  command -v "$tool" > /dev/null || { echo "build-msi: $tool is missing; apt-get install wixl msitools" >&2; exit 1; }
done
out=$PWD/.artifacts/msi
stage=$out/stage
mkdir -p "$out"

if ! $packed_only; then
  install/build-plugin.sh plugin
  install/build-plugin.sh actions
  install/publish-windows.sh
fi

dotnet build install/Bridge.Packaging -c Release -v quiet --nologo
packaging() { dotnet .artifacts/bin/Bridge.Packaging/release/bridge-packaging.dll "$@"; }

# 1. Everything of the program folder, as it is to lie there.
rm -rf "$stage"
mkdir -p "$stage/macros"
cp -r .artifacts/windows/Bridge.AgentHost/. "$stage"
cp LICENSE "$stage/LICENSE.txt"
cp install/NOTICES.txt "$stage"
cp -r macros/serialem macros/python "$stage/macros"
find "$stage" -name __pycache__ -prune -exec rm -rf {} +
packaging documents . "$stage/docs"

# 2. Pack. The cabinet keeps times, by the clock on the wall, and modes.
plugin=.artifacts/plugin/SerialEM-Bridge-64.dll
actions=.artifacts/plugin/BridgeInstallActions.dll
export TZ=UTC SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2> /dev/null || echo 1767225600)}
find "$stage" "$plugin" "$actions" -type f -exec chmod 644 {} + -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
packaging fragment "$stage" "$out/files.wxs"
code=$(packaging product-code "$version" "$stage" "$plugin" "$actions" install/bridge.wxs)
package=$out/bridge-$version.msi
wixl -a x64 -D Wixl=yes -D Version="$version" -D ProductCode="$code" -D Stage=.artifacts/msi/stage -D Plugin="$plugin" -D Actions="$actions" -o "$package" install/bridge.wxs "$out/files.wxs"
msibuild "$package" -q "UPDATE Property SET Value='WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED;INSTALLDIR;PLUGINDIR;MACROSDIR;PORT;AUTOSTART' WHERE Property='SecureCustomProperties'"
packaging seal "$package" "$SOURCE_DATE_EPOCH"
packaging checksums "$package" "$stage" "$plugin" "$out/CHECKSUMS-$version.txt"
echo "$package: $(du -m "$package" | cut -f1) MB"
