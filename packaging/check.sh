#!/usr/bin/env bash
# Tries what packages carry: completions in every shell that is here, man pages, and a Debian package that is given.
#   packaging/check.sh target/release/dateline [target/debian/dateline_*.deb]
# Each completion is read by its shell and then tried: `dateline tim` and the tabulator, in a terminal (tmux), has to become `dateline timeline`.
# The package is installed with dpkg, run, and removed again (as root). What is not here is said and left out; NU names a nushell that is not on the path.
set -uo pipefail
program=$(realpath "${1:?the program}") deb=${2:+$(realpath "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
good() { echo "ok    $1"; }
bad() { echo "BAD   $1"; failed=1; }
without() { echo "note  $1 is not here"; }
mkdir "$work/bin" "$work/home"
cp "$program" "$work/bin/dateline"
export PATH=$work/bin:$PATH
for shell in bash zsh fish nushell elvish; do dateline generate completions "$shell" >"$work/dateline.$shell"; done
cp "$work/dateline.zsh" "$work/_dateline"

# A server of tmux for each shell: one that is just ending would take the next shell with it.
# What a shell makes of `dateline tim` and the tabulator: the shell's command, what is typed first.
tried() {
    local name=$1 start=$2 setup=$3 shown
    tmux -L "dateline-check-$name" -f /dev/null new-session -d -x 100 -y 30 "cd $work/home; HOME=$work/home TERM=xterm-256color $start"
    sleep 1.5
    if [ -n "$setup" ]; then tmux -L "dateline-check-$name" send-keys "$setup" Enter; sleep 1.5; fi
    tmux -L "dateline-check-$name" send-keys "dateline tim" Tab
    sleep 1
    # elvish shows a menu in which the choice has to be taken.
    [ "$name" = elvish ] && tmux -L "dateline-check-$name" send-keys Enter && sleep 0.5
    shown=$(tmux -L "dateline-check-$name" capture-pane -p)
    tmux -L "dateline-check-$name" kill-server 2>/dev/null
    if grep -q 'dateline timeline' <<<"$shown"; then good "$name completes"; else bad "$name does not complete: $(tr -s '\n ' ' ' <<<"$shown")"; fi
}

if command -v bash >/dev/null; then
    bash -n "$work/dateline.bash" && tried bash "bash --norc" "source $work/dateline.bash"
fi
if command -v zsh >/dev/null; then
    zsh -n "$work/dateline.zsh" && tried zsh "zsh -f" "fpath=($work \$fpath); autoload -U compinit; compinit -u"
else without zsh; fi
if command -v fish >/dev/null; then
    fish --no-execute "$work/dateline.fish" && tried fish "fish --no-config" "source $work/dateline.fish"
else without fish; fi
nu=${NU:-nu}
if command -v "$nu" >/dev/null; then
    tried nushell "$(command -v "$nu") --no-std-lib --config /dev/null --env-config /dev/null" "source $work/dateline.nushell"
else without nushell; fi
if command -v elvish >/dev/null; then
    tried elvish "elvish -norc" "eval (slurp < $work/dateline.elvish)"
else without elvish; fi

dateline generate man "$work/man" >/dev/null
pages=("$work"/man/*)
if command -v man >/dev/null; then
    warnings=$(for page in "${pages[@]}"; do LC_ALL=C.UTF-8 man -l --warnings "$page" 2>&1 >/dev/null; done)
    if [ -z "$warnings" ]; then good "${#pages[@]} man pages without a warning"; else bad "man pages: $(head -3 <<<"$warnings")"; fi
else without man; fi

if [ -n "$deb" ]; then
    dpkg-deb --contents "$deb" >"$work/contents"
    for file in usr/bin/dateline usr/share/man/man1/dateline.1.gz usr/share/man/man5/dateline-keys.5.gz usr/share/bash-completion/completions/dateline \
        usr/share/zsh/vendor-completions/_dateline usr/share/fish/vendor_completions.d/dateline.fish; do
        grep -q "\./$file$" "$work/contents" && good "the package holds $file" || bad "the package lacks $file"
    done
    if [ "$(id -u)" = 0 ]; then
        if dpkg --install "$deb" >"$work/dpkg" 2>&1 && /usr/bin/dateline --version | grep -q '^dateline '; then good "the package is installed and runs"
        else bad "the package: $(tail -1 "$work/dpkg")"; fi
        man -w dateline >/dev/null 2>&1 && good "man finds dateline" || bad "man does not find dateline"
        dpkg --remove dateline >/dev/null 2>&1
        if [ ! -e /usr/bin/dateline ] && [ ! -e /usr/share/man/man1/dateline.1.gz ]; then good "the package is gone without a trace"; else bad "something of the package stayed"; fi
    else without "the right to install packages"; fi
fi
exit $failed
