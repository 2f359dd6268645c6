# Installs what Portolan is built and tested with, on Debian 12. Read by `run` and `test`; what is there already is
# left as it is.
# shellcheck shell=bash

# WebKitGTK draws the window; a C compiler links Rust programs.
packages_to_build=(ca-certificates gcc g++ libc6-dev pkg-config libwebkit2gtk-4.1-dev)
# A screen without a monitor, a hand on its keyboard and mouse, the window's driver, a browser for the page alone, and a
# witness for every network call; Python makes the archives that mean harm.
packages_to_test=(xvfb xauth xdotool webkit2gtk-driver chromium strace python3)

complain() {
  printf '%s\n' "portolan: $*" >&2
  exit 1
}

# Whether version $1 is at least $2.
at_least() {
  [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]
}

# Installs those of the given Debian packages that are missing.
install_packages() {
  local missing=() package
  if ! command -v apt-get >/dev/null; then
    printf '%s\n' "portolan: this is no Debian; these packages, or what they are called here, must be there: $*" >&2
    return
  fi
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  printf '%s\n' "portolan: installing ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || complain "run this as root, or install sudo: packages are missing"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -q </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null
}

# The version of a program, from the first line that it prints about itself.
version_of() {
  "$@" --version 2>/dev/null | grep -o -m 1 '[0-9][0-9.]*[0-9]' | head -n 1
}

# Rust: the one that is there, else the one that Debian keeps current for its browsers.
set_up_rust() {
  local wanted
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  if ! command -v cargo >/dev/null || ! at_least "$(version_of cargo)" "$wanted"; then
    command -v rustup >/dev/null && complain "Rust $wanted or newer is needed: run 'rustup update stable'"
    install_packages cargo-web rustc-web rustfmt-web rust-web-clippy
    hash -r
  fi
  at_least "$(version_of cargo)" "$wanted" || complain "Rust $wanted or newer is needed, here is $(version_of cargo)"
}

# Node: the one that is there, else Debian's older one, which fetches a newer one into `target/node`.
set_up_node() {
  local fetched=$PWD/target/node/node_modules
  export PATH=$fetched/node/bin:$fetched/.bin:$PATH
  if ! node_will_do; then
    install_packages nodejs npm
    mkdir -p target/node
    npm install --prefix target/node --no-audit --no-fund --loglevel=error node@22 npm@10
    hash -r
  fi
  node_will_do || complain "Node 20.19 or newer is needed, here is $(version_of node)"
}

node_will_do() {
  command -v node >/dev/null && command -v npm >/dev/null && at_least "$(version_of node)" 20.19
}

# The page's libraries, as locked.
set_up_page() {
  if [ ! -e ui/node_modules/.package-lock.json ] || [ ui/package-lock.json -nt ui/node_modules/.package-lock.json ]; then
    (cd ui && npm ci --no-audit --no-fund --loglevel=error)
  fi
}

# All that the program is built with.
set_up_to_build() {
  install_packages "${packages_to_build[@]}"
  set_up_rust
  set_up_node
  set_up_page
}

# All that its tests need besides.
set_up_to_test() {
  set_up_to_build
  install_packages "${packages_to_test[@]}"
  if ! command -v cargo-deny >/dev/null; then
    cargo install cargo-deny --locked --version '^0.20'
  fi
}
