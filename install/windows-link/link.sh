#!/usr/bin/env bash
# Stands in for Microsoft's link.exe when the DLL is built on Linux. NativeAOT calls it with a response file; build-plugin.sh sets
# BRIDGE_LINK_LIBRARIES, the folder with the import libraries and the compiled runtime.c.
set -eu -o pipefail
libraries=${BRIDGE_LINK_LIBRARIES:?build-plugin.sh sets it}
response=${1#@}

# What lld does not know, or needs other words for; and /DEBUG: nobody gets the debugger's file, and its whole path would stand in the DLL.
grep -v -E '^/?"?/(SOURCELINK|NATVIS|CETCOMPAT|IGNORE|DEBUG)' "$response" | tr -d '\r' > "$response.lld"

exec "${LLD_LINK:-lld-link}" "@$response.lld" "$libraries/runtime.obj" "$libraries/ntdll_crt.lib" "/LIBPATH:$libraries" \
  /NODEFAULTLIB:libcmt.lib /NODEFAULTLIB:libcpmt.lib /NODEFAULTLIB:oldnames.lib
