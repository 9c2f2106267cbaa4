#!/usr/bin/env bash
# Publishes programs for Windows, self-contained: they run where no .NET is installed. Needs the .NET SDK.
#   publish-windows.sh [PROJECT ...]    folders from the repository root; otherwise the agent host
# Each goes into .artifacts/windows, into a folder of the project's name.
set -eu -o pipefail
cd "$(dirname "$0")/.."
for project in "${@:-agent-host/Bridge.AgentHost}"; do
  out=$PWD/.artifacts/windows/$(basename "$project")
  rm -rf "$out"
  dotnet publish "$project" -c Release -r win-x64 --self-contained -v quiet --nologo -o "$out"
  echo "$out: $(find "$out" -type f | wc -l) files, $(du -sm "$out" | cut -f1) MB"
done
