# shellcheck shell=bash
# Sourced by ./quickstart and ./test: puts Debian packages in place. Needs bash and apt-get, and root or sudo only when
# something is missing.

# What it takes to build the library and the program.
build_packages=(g++ cmake ninja-build pkg-config ccache libboost1.81-dev libboost-url1.81-dev libboost-json1.81-dev
                libssl-dev libidn-dev libidn2-dev libsqlite3-dev libcli11-dev libtomlplusplus-dev)

# missing_packages NAME...    those that are not installed, one a line
missing_packages() {
    local name
    for name; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
    done
}

# run_as_root COMMAND...
run_as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "This takes root: run it as root, install sudo, or install the packages yourself." >&2
        return 1
    fi
}

# apt_get ARGUMENT...    quiet, asking nothing; what it said is shown when it fails
apt_get() {
    local said
    said=$(run_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
        -o DPkg::Lock::Timeout=300 "$@" 2>&1) && return
    printf '%s\n' "$said" | tail -n 25 >&2
    return 1
}

# need_packages NAME...    installs those that are missing, and only those
need_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0
    if ! command -v apt-get >/dev/null; then
        echo "There is no apt-get here. These must be installed by other means: ${missing[*]}" >&2
        return 1
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}"
    # A fresh container knows no package at all, an old machine knows versions that are gone.
    if apt-cache show "${missing[@]}" >/dev/null 2>&1 &&
        apt_get install --no-install-recommends "${missing[@]}" 2>/dev/null; then
        return
    fi
    apt_get update && apt_get install --no-install-recommends "${missing[@]}"
}

# unpack_packages FOLDER NAME...    those that Debian lets nobody install beside others: their files, in FOLDER/NAME
unpack_packages() {
    local folder=$1 name
    shift
    mkdir -p "$folder"
    for name; do
        # Tests that run at the same time want the same one.
        (flock 9 && { [[ -d $folder/$name ]] || unpack_package "$folder" "$name"; }) 9>"$folder/$name.lock" || return
    done
}

# unpack_package FOLDER NAME    whole or not at all
unpack_package() {
    local folder=$1 name=$2 made
    if ! command -v apt-get >/dev/null; then
        echo "There is no apt-get here" >&2
        return 1
    fi
    echo "Unpacking $name"
    made=$(mktemp -d "$folder/$name.XXXXXX")
    if (cd "$made" && download_package "$name" && dpkg-deb -x "$name"_*.deb files) && mv "$made/files" "$folder/$name"; then
        rm -r "$made"
        return
    fi
    rm -r "$made"
    return 1
}

# download_package NAME    into the folder where we are
download_package() {
    apt-get -q -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$1" >/dev/null 2>&1 && return
    apt_get update && apt-get -q -o APT::Sandbox::User=root download "$1" >/dev/null
}
