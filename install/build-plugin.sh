#!/usr/bin/env bash
# Builds on Linux what runs inside other programs on Windows: .artifacts/plugin/SerialEM-Bridge-64.dll, and with the argument "actions" the installer's
# .artifacts/plugin/BridgeInstallActions.dll instead. Needs the .NET SDK and Debian's lld, clang and llvm.
set -eu -o pipefail
cd "$(dirname "$0")/.."
for tool in dotnet lld-link clang llvm-dlltool; do
  command -v "$tool" > /dev/null || { echo "build-plugin: $tool is missing; apt-get install lld clang llvm, and the .NET SDK" >&2; exit 1; }
done
here=$PWD/install/windows-link
work=$PWD/.artifacts/windows-link
out=$PWD/.artifacts/plugin
mkdir -p "$work" "$out"

# 1. Import libraries. The linker asks for them in lower case.
dotnet restore "$here/WindowsSdk.csproj" -v quiet
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
sdk=$packages/microsoft.windows.sdk.cpp.x64/$(grep -o '\[[0-9.]*\]' "$here/WindowsSdk.csproj" | tr -d '[]')/c
for file in "$sdk"/um/x64/*.[lL][iI][bB] "$sdk"/ucrt/x64/*.[lL][iI][bB]; do
  name=$(basename "$file")
  ln -sf "$file" "$work/${name,,}"
done

# 2. What the static C runtime would bring.
llvm-dlltool -m i386:x86-64 -d "$here/ntdll.def" -l "$work/ntdll_crt.lib"
clang --target=x86_64-pc-windows-msvc -O2 -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -mno-stack-arg-probe \
  -c "$here/runtime.c" -o "$work/runtime.obj"

# 3. Compile and link.
case "${1:-plugin}" in
  plugin) project=plugin/Bridge.SerialEM file=SerialEM-Bridge-64.dll ;;
  actions) project=install/Bridge.InstallActions file=BridgeInstallActions.dll ;;
  *) echo "usage: build-plugin.sh [plugin|actions]" >&2; exit 2 ;;
esac
BRIDGE_LINK_LIBRARIES=$work dotnet publish "$project" -c Release -r win-x64 -v quiet --nologo -o "$work/publish" \
  -p:IlcUseEnvironmentalTools=true -p:CppLinker="$here/link.sh"
cp "$work/publish/$(basename "$project").dll" "$out/$file"
echo "$out/$file: $(stat -c %s "$out/$file") bytes"
