#!/usr/bin/env bash
# Shows that the installer's build is reproducible: builds this working tree once more in another folder and compares every file. Prints what differs; exits 0 if nothing does.
#   check-reproducible.sh [--quick]
# --quick: builds anew only the smaller of the two DLLs, and packs what .artifacts has; for CI, where a whole second build takes too long.
set -eu -o pipefail
cd "$(dirname "$0")/.."
quick=false
case "${1:-}" in
  '') ;;
  --quick) quick=true ;;
  *) echo "usage: check-reproducible.sh [--quick]" >&2; exit 2 ;;
esac
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
sums=.artifacts/msi/CHECKSUMS-$version.txt
[ -f "$sums" ] || install/build-msi.sh

# 1. The same commit with the same changes, where no path is the same.
other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
git clone -q --no-local . "$other/again"
git diff --binary HEAD | git -C "$other/again" apply --allow-empty
git ls-files -o --exclude-standard -z | xargs -0 -r cp --parents -t "$other/again"

# 2. Build there.
if $quick; then
  "$other/again/install/build-plugin.sh" actions
  mkdir -p "$other/again/.artifacts/plugin" "$other/again/.artifacts/windows"
  cp .artifacts/plugin/SerialEM-Bridge-64.dll "$other/again/.artifacts/plugin/"
  cp -r .artifacts/windows/Bridge.AgentHost "$other/again/.artifacts/windows/"
  "$other/again/install/build-msi.sh" --packed-only
else
  "$other/again/install/build-msi.sh"
fi

# 3. Compare. What nobody may know is where it was built.
status=0
diff "$sums" "$other/again/$sums" || status=1
cmp .artifacts/plugin/BridgeInstallActions.dll "$other/again/.artifacts/plugin/BridgeInstallActions.dll" || status=1
if grep -raFl -e "$PWD" -e "$other" .artifacts/msi/stage .artifacts/plugin/*.dll; then
  echo "these files name the folder that they were built in"
  status=1
fi
[ $status = 0 ] && echo "$(wc -l < "$sums") checksums, all the same"
exit $status
