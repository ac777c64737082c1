#!/bin/sh
# Run what follows with this folder mounted read-only, and the volumes of compose.yaml mounted on it.
volume=$(mktemp -d)
exec unshare --mount sh -c '
    here=$PWD; volume=$1; shift
    mount --bind "$here" "$here" && mount -o remount,bind,ro "$here" && cd "$here" || exit 9
    ! grep -q "media:/app/media" compose.yaml || mount --bind "$volume" media || exit 9
    "$@"
' sh "$volume" "$@"
