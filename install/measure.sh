#!/usr/bin/env bash
# Measures under Wine what install/README.md's table says: the package's size, silent installation, and the cold start of an installed host. Prints the table's rows.
#   measure.sh [--times N]      each is done N times (5) and the middle one counts
# Needs .artifacts/msi (install/build-msi.sh) and Debian's wine and wine64. Take it on a computer that does nothing else.
set -eu -o pipefail
cd "$(dirname "$0")/.."
times=5
case "${1:-}" in
  '') ;;
  --times) times=${2:?--times needs a number} ;;
  *) echo "usage: measure.sh [--times N]" >&2; exit 2 ;;
esac
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
package=.artifacts/msi/bridge-$version.msi
[ -f "$package" ] || { echo "measure: no $package; run install/build-msi.sh" >&2; exit 1; }
command -v wine > /dev/null || { echo "measure: wine is missing; apt-get install wine wine64" >&2; exit 1; }

# A Windows of its own, and a port that is likely free.
folder=$(mktemp -d)
export WINEPREFIX=$folder/wine WINEDEBUG=-all WINEDLLOVERRIDES='mscoree=;mshtml='
trap 'wineserver -k > /dev/null 2>&1 || true; wineserver -w > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
wine wineboot --init < /dev/null > /dev/null 2>&1
port=$((20000 + RANDOM % 20000))
host='C:\Program Files\Bridge\agent-host.exe'

# Runs a command and adds the milliseconds that it took to a file.
timed() {
  local file=$1 began
  shift
  began=$(date +%s%N)
  "$@" < /dev/null > "$folder/said" 2>&1 || { echo "measure: $* failed:" >&2; cat "$folder/said" >&2; exit 1; }
  echo $((($(date +%s%N) - began) / 1000000)) >> "$file"
}
middle() { sort -n "$1" | sed -n "$(((times + 1) / 2))p" | awk '{ printf "%.1f", $1 / 1000 }'; }

for ((i = 0; i < times; i++)); do
  [ "$i" = 0 ] || wine msiexec -x "$package" -qn < /dev/null > /dev/null 2>&1
  timed "$folder/install" wine msiexec -i "$package" -qn "PORT=$port"
done
for ((i = 0; i < times; i++)); do
  timed "$folder/start" wine "$host" start
  wine taskkill -f -im agent-host.exe < /dev/null > /dev/null 2>&1
done
for ((i = 0; i < times; i++)); do
  timed "$folder/program" wine cmd /c exit
done

echo "| measured (install/measure.sh, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(wine --version), the middle of $times) | |"
echo "| --- | --- |"
echo "| package | $(du -m "$package" | cut -f1) MB (aim 60) |"
echo "| silent installation | $(middle "$folder/install") s |"
echo "| cold start: \`agent-host start\`, until the host that it started has answered (two processes) | $(middle "$folder/start") s (aim 1.5) |"
echo "| of it Wine's own start of a program | $(middle "$folder/program") s |"
