# make            the daemon, its worker, the tool, the plugins
# make run        installs what is missing, then: a stand-in newswire, the
#                 daemon on it and a live tail
# make test       installs what is missing, then every test (SANITIZE=1, CC=clang)
# make prove      the long proofs, bounded by KILLS=50 TURNS=2000 STATES=20000
#                 STEPS=1000000 SEEDS=20 FUZZ_SECONDS=60
#                 SCORE_SECONDS=300 RELOADS=50 LEAKED_PAGES=12000
#                 SOAK_PAGES=40000 LOADED_SOURCES=500
# make fuzz       each fuzzer for FUZZ_SECONDS=60
# make bench-spool  how fast the spool is (BENCH_LINES, BENCH_BYTES, ROUNDS)
# make bench-normalise  what the extractors cost beside parsing (ROUNDS, WEIGHT)
# make bench-cost what dear texts cost for each KiB, in instructions (AIM)
# make lint       format, clang-tidy, layers, headers, ABI
# make install    into $(DESTDIR)$(PREFIX); LIBDIR and UNITDIR for packagers
# make dist       the source of the last commit, as $(B)/dateline-VERSION.tar.gz
# make deb        Debian's packages of it, in DEB=build-deb (DEB_BUILD_OPTIONS=nocheck)

PREFIX  ?= /usr/local
SYSCONF ?= $(if $(filter /usr/local /usr,$(PREFIX)),/etc,$(PREFIX)/etc)
LIBDIR  ?= $(PREFIX)/lib
UNITDIR ?= $(PREFIX)/lib/systemd/system
CFLAGS  ?= -O2 -g
KILLS   ?= 50
TURNS   ?= 2000
STATES  ?= 20000
STEPS   ?= 1000000
SEEDS   ?= 20
FUZZ_SECONDS ?= 60
SCORE_SECONDS ?= 300
RELOADS ?= 50
LEAKED_PAGES ?= 12000
SOAK_PAGES ?= 40000
LOADED_SOURCES ?= 500
VERSION := 0.1.0
ABI     := $(shell sed -n 's/^\#define DL_ABI_M[A-Z]* //p' plugins/plugin.h | paste -sd .)

# What was built with other flags lies elsewhere.
B := build$(if $(SANITIZE),-sanitize)$(if $(filter thread fuzzer,$(SANITIZE)),-$(SANITIZE))$(if $(filter clang%,$(CC)),-clang)

# Plugins of one's own come before those of a package.
local := /usr/local/lib/dateline/plugins
ours := -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -I. -MMD -MP -fPIC -fvisibility=hidden \
	-Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wwrite-strings -Wundef -Wno-missing-field-initializers \
	-DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"' -DSYSCONF='"$(SYSCONF)"' \
	-DPLUGIN_PATH='"$(local) $(filter-out $(local),$(PREFIX)/lib/dateline/plugins)"'
ours += $(if $(SANITIZE),-fno-omit-frame-pointer $(if $(filter thread,$(SANITIZE)),\
	-fsanitize=thread,-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=undefined))
ours += $(if $(filter fuzzer,$(SANITIZE)),-fsanitize=fuzzer-no-link)
ours += -I/usr/include/libxml2

# What makes a fault harder to use for whoever finds it; tests/hardening.sh looks
# whether it is there. Sanitizers want to see for themselves what went wrong, and
# _FORTIFY_SOURCE wants an optimiser.
takes := $(foreach flag,-fstack-protector-strong -fstack-clash-protection -fcf-protection \
	-ftrivial-auto-var-init=zero,$(shell $(CC) -Werror $(flag) -x c -fsyntax-only /dev/null 2>/dev/null && echo $(flag)))
fortified := $(if $(filter-out -O0,$(filter -O%,$(CFLAGS))),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
hard  := $(if $(SANITIZE),,$(takes) $(fortified))
bound := -Wl,-z,relro,-z,now,-z,noexecstack
# Nobody's folder is written into what is built.
hard  += -ffile-prefix-map=$(CURDIR)=.

# What `--version --verbose` tells; no folder of whoever built it is in it.
$(B)/core/base/version.o: ours += -DBUILT_WITH='"$(strip $(subst ",,$(filter-out -ffile-prefix-map=% -fdebug-prefix-map=%,$(hard) \
	$(if $(SANITIZE),SANITIZE=$(SANITIZE)) $(CFLAGS))))"'

object = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard $1)))
base   := $(call object,core/base/*.c)
kit    := $(call object,core/kit/*.c)
worker := $(call object,core/worker/*.c)
net    := $(call object,core/net/*.c)
daemon := $(call object,core/daemon/*.c) $(B)/core/daemon/page.html.o
tool   := $(call object,core/tool/*.c)
spool  := $(call object,spool/*.c)
reading := $(patsubst %,$(B)/spool/%.o,disk lock moment segment frame index consumer reader)
wire   := $(call object,tests/wire/*.c)
sim    := $(call object,tests/sim/*.c)
decides := $(patsubst %,$(B)/core/net/%.o,outcome politeness hosts http) \
	$(patsubst %,$(B)/core/daemon/%.o,schedule drift edition)

sources    := $(patsubst plugins/sources/%.c,%,$(wildcard plugins/sources/*.c))
extractors := $(patsubst plugins/extractors/%.c,%,$(wildcard plugins/extractors/*.c))
plugins    := $(patsubst %,$(B)/plugins/%.so,$(sources) $(extractors))
evil       := $(patsubst tests/evil/%.c,$(B)/evil/%.so,$(wildcard tests/evil/*.c))
tests      := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/base/*.c \
	tests/kit/*.c tests/net/*.c tests/spool/*.c tests/daemon/*.c tests/tool/*.c tests/worker/*.c tests/fuzz/*.c)) \
	$(B)/tests/sim/sim
fuzzers    := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/*.c))

all: $(B)/datelined $(B)/dateline-worker $(B)/dateline $(plugins) $(B)/gazetteer.tsv \
	$(B)/libdateline-spool.a $(B)/libdateline-spool.so.0

# What a program is linked with is what it can do: the daemon has no gumbo and
# no libxml2, the worker no network and no spool, the tool no plugins. The tool
# has libxml2 for OPML files: they are the operator's own, no pages.
$(B)/datelined: $(daemon) $(net) $(B)/libbase.a $(B)/libspool.a
	$(link) -luv -lcurl -lmicrohttpd -lsqlite3 -linih -ljansson -lzstd -lz -lutf8proc
$(B)/dateline-worker: $(worker) $(kit) $(B)/libbase.a
	$(link) -rdynamic -lgumbo -lxml2 -ljansson -lutf8proc -lseccomp -lmd -ldl
$(B)/dateline: $(tool) $(net) $(B)/libbase.a $(B)/libspool.a
	$(link) -luv -lcurl -lxml2 -linih -ljansson -lzstd -lz -lutf8proc
$(B)/wire: $(wire)
	$(link) -lmicrohttpd -lz -lutf8proc -lpthread
$(B)/tests/sim/sim: $(sim) $(decides) $(B)/libbase.a
	$(link) -linih -lutf8proc -lm
$(B)/judge: $(B)/tests/judge/judge.o
	$(link) -lzstd -lz
$(B)/tests/spool/states $(B)/tests/spool/crash: | $(B)/judge
$(B)/libbase.a: $(base)
	$(archive)
$(B)/libspool.a: $(spool)
	$(archive)
$(B)/libkit.a: $(kit)
	$(archive)
$(B)/libtool.a: $(filter-out %/main.o,$(tool))
	$(archive)

# For everybody who reads a spool: what spool.h promises, and no other name.
$(B)/libdateline-spool.so.0: $(reading) spool/libdateline-spool.map
	$(CC) -shared $(filter -fsanitize%,$(ours)) $(CFLAGS) $(bound) $(LDFLAGS) -Wl,-soname,$(@F) \
		-Wl,--version-script=spool/libdateline-spool.map $(reading) -lzstd -lz -o $@
$(B)/libdateline-spool.a: $(reading)
	$(LD) -r $^ -o $(B)/libdateline-spool.o
	objcopy --localize-hidden $(B)/libdateline-spool.o
	@rm -f $@; $(AR) rcsD $@ $(B)/libdateline-spool.o

# The status page is a part of the program.
$(B)/%.html.c: %.html
	@mkdir -p $(@D)
	{ echo '#include "core/daemon/page.h"'; echo 'const char page_html[] = {'; \
		od -An -v -t x1 $< | sed 's/ \(..\)/0x\1,/g'; echo '0};'; } >$@
$(B)/%.html.o: $(B)/%.html.c
	$(CC) $(CPPFLAGS) $(ours) $(hard) $(CFLAGS) -c $< -o $@

vpath %.c plugins/sources plugins/extractors
$(B)/plugins/%.so: %.c plugins/plugin.h $(wildcard plugins/extractors/*.h)
	$(plugin)
$(B)/evil/%.so: tests/evil/%.c tests/evil/evil.h plugins/plugin.h
	$(plugin)
plugin = @mkdir -p $(@D); $(CC) $(CPPFLAGS) -std=c11 -Wall -Wextra -Wshadow -Wvla \
	-Wno-missing-field-initializers $(hard) $(CFLAGS) -Iplugins -Itests/evil \
	-fPIC -shared $(bound) $(LDFLAGS) $< -o $@

# Places and their names: ISO 3166 as Debian's iso-codes has it, and our table
# of other names over it.
$(B)/gazetteer.tsv: conf/places.tsv conf/gazetteer.jq
	@mkdir -p $(@D)
	jq -rn --rawfile ours $< -f conf/gazetteer.jq $(wildcard /usr/share/iso-codes/json/iso_3166-[12].json) >$@.new
	@mv $@.new $@

$(B)/tests/base/%: $(B)/tests/base/%.o $(B)/libbase.a
	$(link) -lcmocka -lutf8proc -linih
$(B)/tests/kit/%: $(B)/tests/kit/%.o $(kit) $(B)/libbase.a
	$(link) -lcmocka -lgumbo -lxml2 -ljansson -lutf8proc
$(B)/tests/kit/places: | $(B)/gazetteer.tsv
$(B)/tests/kit/agencies.o $(B)/tests/kit/tones.o: ours += -Iplugins
$(B)/tests/worker/%: $(B)/tests/worker/%.o $(filter-out %/main.o,$(worker)) $(kit) $(B)/libbase.a
	$(link) -rdynamic -lcmocka -lgumbo -lxml2 -ljansson -lutf8proc -linih -lseccomp -lmd -ldl
$(B)/tests/worker/copies $(B)/tests/worker/language: | $(plugins)
$(B)/tests/spool/%: $(B)/tests/spool/%.o $(B)/libspool.a
	$(link) -lcmocka -lzstd -lz -lseccomp
$(B)/tests/tool/%: $(B)/tests/tool/%.o $(B)/libtool.a $(B)/libbase.a
	$(link) -lcmocka -lxml2 -linih -ljansson -lutf8proc
$(B)/tests/net/%: $(B)/tests/net/%.o $(net) $(B)/libbase.a
	$(link) -lcmocka -luv -lcurl -linih -lutf8proc
$(B)/bench-spool: $(call object,tests/bench/*.c) $(B)/libspool.a
	$(link) -lzstd -lz -lm
$(B)/bench-normalise: $(B)/tests/bench/normalise/main.o $(filter-out %/main.o,$(worker)) $(kit) $(B)/libbase.a
	$(link) -rdynamic -lgumbo -lxml2 -ljansson -lutf8proc -lseccomp -lmd -ldl
$(B)/bench-cost: $(B)/tests/bench/cost/main.o $(filter-out %/main.o,$(worker)) $(kit) $(B)/libbase.a
	$(link) -rdynamic -lgumbo -lxml2 -ljansson -lutf8proc -lseccomp -lmd -ldl
$(B)/tests/daemon/%: $(B)/tests/daemon/%.o $(filter-out %/main.o,$(daemon)) $(net) $(B)/libbase.a $(B)/libspool.a
	$(link) -lcmocka -luv -lcurl -lmicrohttpd -lsqlite3 -linih -ljansson -lzstd -lz -lutf8proc

# A fuzzer, and the same without libFuzzer, with its seeds alone: a test.
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/libkit.a $(B)/libspool.a $(B)/libbase.a
	$(link) -fsanitize=fuzzer $(fuzzed)
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/corpus/once.o $(B)/libkit.a $(B)/libspool.a $(B)/libbase.a
	$(link) $(fuzzed)
fuzzed = -lgumbo -lxml2 -ljansson -lutf8proc -lzstd -lz
$(B)/tests/fuzz/dateline.o: ours += -Iplugins

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ours) $(hard) $(CFLAGS) -c $< -o $@

link = @mkdir -p $(@D); $(CC) $(ours) $(CFLAGS) -pie $(bound) $(LDFLAGS) $^ -o $@
archive = @rm -f $@; $(AR) rcsD $@ $^

# ---- for people ----

run:
	@conf/packages.sh build run
	@$(MAKE) -s all $(B)/wire
	@tests/wire/run.sh $(B)

test:
	@conf/packages.sh build run test
	@$(MAKE) -s -j$$(nproc) all $(B)/wire $(evil) $(tests)
	@tests/run.sh $(B)

# Long, and bounded by numbers that can be raised.
prove:
	@conf/packages.sh build run test lint deb
	@$(MAKE) -s -j$$(nproc) all $(B)/wire $(evil) $(B)/tests/spool/states $(B)/tests/spool/model \
		$(B)/tests/sim/sim
	@$(MAKE) -s -j$$(nproc) SANITIZE=thread build-sanitize-thread/datelined
	@$(MAKE) -s -j$$(nproc) CC=clang SANITIZE=fuzzer fuzzers
	@KILLS=$(KILLS) TURNS=$(TURNS) STATES=$(STATES) STEPS=$(STEPS) SEEDS=$(SEEDS) \
		FUZZ_SECONDS=$(FUZZ_SECONDS) SCORE_SECONDS=$(SCORE_SECONDS) \
		RELOADS=$(RELOADS) LEAKED_PAGES=$(LEAKED_PAGES) \
		SOAK_PAGES=$(SOAK_PAGES) LOADED_SOURCES=$(LOADED_SOURCES) \
		tests/prove.sh $(B)

units: $(tests) $(plugins)

fuzzers: $(fuzzers)

fuzz:
	@conf/packages.sh build lint
	@$(MAKE) -s -j$$(nproc) CC=clang SANITIZE=fuzzer fuzzers
	@tests/fuzz/run.sh build-sanitize-fuzzer-clang $(FUZZ_SECONDS)

# How fast the spool is beside bare zstd(1): see the head of tests/bench/spool.c.
bench-spool:
	@conf/packages.sh build run
	@$(MAKE) -s -j$$(nproc) all $(B)/bench-spool
	@tests/bench/run.sh $(B)

# What the extractors cost beside parsing: see tests/bench/normalise/main.c.
bench-normalise:
	@conf/packages.sh build run
	@$(MAKE) -s -j$$(nproc) all $(B)/bench-normalise
	@tests/bench/normalise.sh $(B)

# What texts cost that were written to be dear: see tests/bench/cost.sh.
bench-cost:
	@conf/packages.sh build bench
	@$(MAKE) -s -j$$(nproc) all $(B)/bench-cost
	@tests/bench/cost.sh $(B)

lint:
	@conf/packages.sh build run test lint
	@tests/lint.sh

# ---- installing ----

fill = sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@SYSCONF@|$(SYSCONF)|g' \
	-e 's|@VERSION@|$(VERSION)|g' -e 's|@ABI@|$(ABI)|g' \
	-e 's|@OWN@|$(if $(filter /usr,$(PREFIX)),$(local),$${prefix}/lib/dateline/plugins)|' \
	-e 's|@LIBDIR@|$(patsubst $(PREFIX)/%,$${prefix}/%,$(LIBDIR))|'
to = $(DESTDIR)$(PREFIX)

# What workers load is renamed over what was there: one at work keeps the file
# that it has, and one that starts meanwhile finds a whole one.
put = for file in $(1); do name=$$(basename "$$file") && \
	install -D -m $(2) "$$file" "$(3)/.$$name" && \
	mv -f "$(3)/.$$name" "$(3)/$$name" || exit 1; done

# Manual pages name the files of this prefix.
page = for page in $(1); do folder="$(to)/share/man/man$${page\#\#*.}" && \
	install -D -m 644 -t "$$folder" "$$page" && \
	sed -i '\,/plugins,!s|^\(\.[IP].*\)/usr/local|\1$(PREFIX)|' "$$folder/$${page\#\#*/}" || exit 1; done

# Whatever umask root has: all may read what is installed.
made = umask 022 && $(1) >$(2)

completions = $(addprefix $(to)/share/,bash-completion/completions/dateline \
	zsh/vendor-completions/_dateline fish/vendor_completions.d/dateline.fish)

install: all
	install -D -t $(to)/sbin $(B)/datelined
	install -D -t $(to)/bin $(B)/dateline
	$(call put,$(B)/dateline-worker,755,$(to)/libexec)
	$(call put,$(plugins),644,$(to)/lib/dateline/plugins)
	$(call put,$(B)/gazetteer.tsv,644,$(to)/share/dateline)
	install -D -m 644 -t $(to)/share/dateline spool/record.schema.json
	install -D -m 755 -t $(to)/share/dateline spool/reader.py
	install -D -m 644 -t $(to)/include/dateline plugins/plugin.h spool/spool.h
	install -D -m 644 -t $(DESTDIR)$(LIBDIR) $(B)/libdateline-spool.a $(B)/libdateline-spool.so.0
	ln -sf libdateline-spool.so.0 $(DESTDIR)$(LIBDIR)/libdateline-spool.so
	$(call page,$(wildcard */*.[1358] */*/*.[1358]))
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(UNITDIR)
	$(call made,$(fill) conf/dateline-plugin.pc.in,$(DESTDIR)$(LIBDIR)/pkgconfig/dateline-plugin.pc)
	$(call made,$(fill) spool/dateline-spool.pc.in,$(DESTDIR)$(LIBDIR)/pkgconfig/dateline-spool.pc)
	$(call made,$(fill) conf/systemd/datelined.service.in,$(DESTDIR)$(UNITDIR)/datelined.service)
	install -D -m 644 -t $(to)/share/doc/dateline/examples conf/systemd/examples/*.conf
	install -D -m 644 conf/systemd/dateline.sysusers $(to)/lib/sysusers.d/dateline.conf
	install -D -m 644 conf/systemd/dateline.tmpfiles $(to)/lib/tmpfiles.d/dateline.conf
	install -d $(dir $(completions))
	$(call made,$(B)/dateline completion bash,$(word 1,$(completions)))
	$(call made,$(B)/dateline completion zsh,$(word 2,$(completions)))
	$(call made,$(B)/dateline completion fish,$(word 3,$(completions)))
	conf/install-conf.sh $(DESTDIR)$(SYSCONF)/dateline $(DESTDIR)

# ---- for distributors ----

DEB  ?= build-deb
dist := $(B)/dateline-$(VERSION).tar.gz

dist:
	@mkdir -p $(B)
	@git diff --quiet HEAD || echo "dist: what is not committed is not in it" >&2
	@git -c tar.umask=0022 archive --format=tar --prefix=dateline-$(VERSION)/ HEAD | gzip -9n >$(dist)
	@echo $(dist)

deb: dist
	@conf/packages.sh build deb $(if $(findstring nocheck,$(DEB_BUILD_OPTIONS)),,test)
	@conf/deb.sh $(dist) $(VERSION) $(DEB)

clean:
	rm -rf build build-*

.PHONY: all run test prove bench-spool bench-normalise bench-cost units fuzzers fuzz lint install dist deb clean
.SECONDARY:
.DELETE_ON_ERROR:
-include $(shell find $(B) -name '*.d' -type f 2>/dev/null)
