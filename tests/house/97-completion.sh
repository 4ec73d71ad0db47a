#!/bin/bash
# What shells complete: commands, options, what these take, and the sources of
# the configuration that was named.
. tests/house/play.sh

PATH=$(realpath "$build"):$PATH
conf=$work/datelined.conf
for name in vgp vna; do
	printf 'plugin = feed\nzone = UTC\nfeed = http://a.example/%s\n' $name \
	    >"$work/sources.d/$name.conf"
done
printf 'sources = %s\n' "$work/sources.d" >"$conf"
dateline sources list --conf "$conf" >/dev/null || fail "no configuration"
for shell in bash zsh fish; do
	dateline completion $shell >"$work/$shell" || fail "nothing for $shell"
done

# shellcheck disable=SC1091
. "$work/bash"
complete -p dateline | grep -qx 'complete -F _dateline dateline' ||
    fail "bash does not know of it"

# What bash offers for the last of the words, sorted.
offers() { # WORD...
	COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
	_dateline "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
	printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
}
wants() { # OFFERED WORD...
	wanted=$1; shift
	[ "$(offers "$@")" = "$wanted" ] || fail "$*: $(offers "$@")"
}
wants 'check completion consumers' dateline c
wants 'pause places plugin poll' dateline p
wants '--version' dateline --v
wants 'json ninjs text' dateline tail -o ''
wants 'newest oldest' dateline tail -f --from ''
wants '--since --source --spool' dateline tail --s
wants '' dateline tail --grep ''
wants 'retry' dateline quarantine r
wants '' dateline nothing ''
wants 'bash' dateline completion b
wants 'import' dateline sources i
wants '--update --url' dateline plugin --u
wants 'vgp vna' dateline tail --conf "$conf" --source ''
wants 'vna' dateline tail --conf "$conf" --source = vn
wants 'vgp vna' dateline tail --conf = "$conf" --source ''
wants 'vgp' dateline pause --conf "$conf" vg
wants '' dateline pause --conf "$work/none" vg
wants "$conf" dateline check --conf "$work/d"
wants "$work/sources.d $work/spool $work/state" dateline tail --spool "$work/s"

# Whatever the tables have is offered: a command that is new, its options.
help=$(dateline --help)
while read -r command; do
	offers dateline "$command" | grep -qw "$command" || fail "no $command"
done < <(sed -n 's/^  dateline \([a-z]*\) .*/\1/p' <<<"$help")
while read -r option; do
	for shell in bash zsh fish; do
		grep -qE -- "(-l |--)$option\\>" "$work/$shell" ||
		    fail "$shell does not know --$option"
	done
done < <(grep -oE -- '--[a-z][a-z-]*' <<<"$help" | sed 's/^--//' | sort -u)

say "zsh and fish read theirs"
has() { command -v "$1" >/dev/null || { say "$1: skipped: it is not installed"; false; }; }
if has zsh; then
	zsh -n "$work/zsh" || fail "zsh does not read it"
	# What its completion system would be told, sorted.
	zsh_offers() { # WORD...
		zsh -f -c 'compadd() { shift; print -l -- "$@"; }
			_describe() { print -l -- "${(P@)2%%:*}"; }
			_files() { print files "$@"; }
			script=$1; shift; words=("$@"); CURRENT=$#
			set --; . "$script"' zsh "$work/zsh" "$@" |
		    grep . | sort | paste -sd ' '
	}
	zsh_wants() { # OFFERED WORD...
		wanted=$1; shift
		[ "$(zsh_offers "$@")" = "$wanted" ] ||
		    fail "zsh: $*: $(zsh_offers "$@")"
	}
	zsh_wants 'json ninjs text' dateline tail -o ''
	zsh_wants 'files' dateline tail --conf ''
	zsh_wants 'files -/' dateline tail --spool ''
	zsh_wants 'vgp vna' dateline tail --conf "$conf" --source ''
	zsh_wants 'vgp vna' dateline tail "--conf=$conf" --source ''
	zsh_offers dateline '' | grep -qw 'completion .* tail' ||
	    fail "zsh: no commands"
fi
if has fish; then
	fish -n "$work/fish" || fail "fish does not read it"
	HOME=$work fish --no-config -c "source '$work/fish'" >"$work/said" 2>&1
	[ ! -s "$work/said" ] || fail "fish: $(head -n 3 "$work/said")"
	fish_offers() {
		HOME=$work fish --no-config -c "source '$work/fish'; complete -C '$1'" |
		    cut -f 1 | sort | paste -sd ' '
	}
	[ "$(fish_offers 'dateline co')" = 'completion consumers' ] ||
	    fail "fish: $(fish_offers 'dateline co')"
	[ "$(fish_offers 'dateline tail -o ')" = 'json ninjs text' ] ||
	    fail "fish: $(fish_offers 'dateline tail -o ')"
	for said in "--conf $conf" "--conf=$conf"; do
		[ "$(fish_offers "dateline pause $said v")" = 'vgp vna' ] ||
		    fail "fish: $said: $(fish_offers "dateline pause $said v")"
	done
fi

say "they are installed where shells look for them"
make -s install DESTDIR="$work/root" PREFIX=/usr B="$build" >/dev/null 2>"$work/said" ||
    fail "$(cat "$work/said")"
cd "$work/root/usr/share" || fail "nothing is installed"
cmp bash-completion/completions/dateline "$work/bash" || fail "not bash's"
cmp zsh/vendor-completions/_dateline "$work/zsh" || fail "not zsh's"
cmp fish/vendor_completions.d/dateline.fish "$work/fish" || fail "not fish's"
