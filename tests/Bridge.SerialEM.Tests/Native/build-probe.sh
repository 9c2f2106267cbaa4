#!/usr/bin/env bash
# Builds .artifacts/plugin/probe.exe for the tests under Wine; after install/build-plugin.sh, whose import libraries it uses.
set -eu -o pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
work=$root/.artifacts/windows-link
llvm-dlltool -m i386:x86-64 -d probe.def -l "$work/probe_msvcrt.lib"
clang --target=x86_64-pc-windows-msvc -O1 -Wall -Werror -ffreestanding -fno-stack-protector -mno-stack-arg-probe -c probe.c -o "$work/probe.obj"
lld-link /NOLOGO /SUBSYSTEM:CONSOLE /ENTRY:start /NODEFAULTLIB "/OUT:$root/.artifacts/plugin/probe.exe" "$work/probe.obj" "$work/probe_msvcrt.lib" "$work/kernel32.lib"
