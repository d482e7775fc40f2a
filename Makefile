# SPDX-License-Identifier: EUPL-1.2
# make            the two programs, optimised and hardened, in build/release
# make check      every test (sh contrib/check installs what they need first)
# make asan       the same under AddressSanitizer and UBSan
# make install    PREFIX=/usr/local, DESTDIR honoured
MODE ?= release
B := build/$(MODE)
CC ?= cc
PREFIX ?= /usr/local
VERSION := 0.1.0
PKG_CONFIG ?= pkg-config

# Strict by default; WERROR=1 in our checks, not for packagers.
# V=1 shows the commands whole.
Q := $(if $(V),,@)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
	-Wno-format-nonliteral -Wvla -Wwrite-strings -Wundef -Wcast-qual $(if $(WERROR),-Werror)
HARDEN := -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2 -fPIE
LDHARDEN := -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed

OPT_release := -O2 -g $(HARDEN)
OPT_debug := -O1 -g $(HARDEN) -DBEF_TESTING
OPT_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
	-DBEF_TESTING
LD_release := $(LDHARDEN)
LD_debug := $(LDHARDEN)
LD_asan := -fsanitize=address,undefined

# -ffile-prefix-map: the same bytes wherever the tree lies.
BASE := -std=c11 -D_GNU_SOURCE -DBEF_BUILD='"$(B)"' -DBEF_VERSION='"$(VERSION)"' \
	-DBEF_LIBEXEC='"$(PREFIX)/libexec/beffroi"' -DBEF_SHARE='"$(PREFIX)/share/beffroi"' \
	-ffile-prefix-map=$(CURDIR)=. -MMD -MP
MAIN_PKGS := sqlite3 jansson libsodium
NET_PKGS := libcurl jansson
PDF_PKGS := fribidi jansson
# beffroi-pdf is left out where libhpdf-dev or libfribidi-dev is not installed; the rest needs neither.
HAVE_PDF := $(shell $(CC) $(CPPFLAGS) $$($(PKG_CONFIG) --cflags $(PDF_PKGS) 2>/dev/null) -include hpdf.h -include fribidi.h \
	-E -x c /dev/null >/dev/null 2>&1 && echo yes)
# STATIC=1: the three libraries inside the program, which then starts in half the time and needs
# only libc; security updates of theirs then need a new build, hence not the default.
ifdef STATIC
MAIN_LIBS := -Wl,-Bstatic -lsqlite3 -ljansson -lsodium -Wl,-Bdynamic -lm
else
MAIN_LIBS := $$($(PKG_CONFIG) --libs $(MAIN_PKGS))
endif
CFLAGS_ALL = $(BASE) $(WARN) $(OPT_$(MODE)) $(CPPFLAGS) $(CFLAGS)

CORE_SRC := $(sort $(wildcard core/*/*.c))
CMD_SRC := $(sort $(wildcard cmd/*.c))
NET_SRC := $(sort $(wildcard cmd/net/*.c))
PDF_SRC := $(sort $(wildcard cmd/pdf/*.c))
CORE_OBJ := $(CORE_SRC:%.c=$B/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$B/%.o)
NET_OBJ := $(NET_SRC:%.c=$B/%.o)
PDF_OBJ := $(PDF_SRC:%.c=$B/%.o)

all: $B/beffroi $B/beffroi-net $(if $(HAVE_PDF),$B/beffroi-pdf,no-pdf)

no-pdf:
	@echo "  --  beffroi-pdf is left out: libhpdf-dev or libfribidi-dev is not installed (report -f pdf will say so)"

$B/beffroi: $(CMD_OBJ) $(CORE_OBJ)
	@echo "  LD  $@"
	$(Q)$(CC) $(LD_$(MODE)) $(LDFLAGS) -o $@ $^ $(MAIN_LIBS)

$B/beffroi-net: $(NET_OBJ)
	@echo "  LD  $@"
	$(Q)$(CC) $(LD_$(MODE)) $(LDFLAGS) -o $@ $^ $$($(PKG_CONFIG) --libs $(NET_PKGS))

$B/beffroi-pdf: $(PDF_OBJ)
	@echo "  LD  $@"
	$(Q)$(CC) $(LD_$(MODE)) $(LDFLAGS) -o $@ $^ -lhpdf $$($(PKG_CONFIG) --libs $(PDF_PKGS))

$B/cmd/pdf/%.o: cmd/pdf/%.c
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $$($(PKG_CONFIG) --cflags $(PDF_PKGS)) -c -o $@ $<

$B/cmd/net/%.o: cmd/net/%.c
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $$($(PKG_CONFIG) --cflags $(NET_PKGS)) -c -o $@ $<

$B/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) -Icore -Icmd $$($(PKG_CONFIG) --cflags $(MAIN_PKGS)) -c -o $@ $<


# What is embedded is a prerequisite of who embeds it.
$B/fr.mo: core/base/fr.po
	@mkdir -p $(@D)
	msgfmt --check-format --no-hash -o $@ $<
$B/core/base/i18n.o: $B/fr.mo
$B/core/store/store.o: $(wildcard core/store/schema/*.sql)
$B/core/report/doc_html.o: core/report/style.css
$B/cmd/shipped.o: $(wildcard playbooks/*.json)
$B/cmd/dossier_pages.o: $(wildcard contrib/verify/*)
$B/core/model/law.o: $(wildcard playbooks/regimes/*.json)
$B/core/report/paper.o: $(wildcard playbooks/papers/*.json)

# --- tests -------------------------------------------------------------------
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$B/unit/%)
NETUNIT_SRC := $(sort $(wildcard tests/net/test_*.c))
NETUNIT := $(NETUNIT_SRC:tests/net/test_%.c=$B/unit/test_net_%)
PDFUNIT_SRC := $(sort $(wildcard tests/pdf/test_*.c))
PDFUNIT := $(if $(HAVE_PDF),$(PDFUNIT_SRC:tests/pdf/test_%.c=$B/unit/test_pdf_%))
TORTURE_SRC := $(sort $(wildcard tests/torture/*_test.c))
TORTURE := $(TORTURE_SRC:tests/torture/%.c=$B/torture/%)

$B/unit/test_net_%: tests/net/test_%.c $(NET_OBJ)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icmd/net -o $@ $< $(filter-out $B/cmd/net/main.o,$(NET_OBJ)) \
		$$($(PKG_CONFIG) --libs $(NET_PKGS)) -lcmocka

# What is tested so needs no library: where lines end.
$B/unit/test_pdf_%: tests/pdf/test_%.c $B/cmd/pdf/%.o $B/cmd/pdf/wrap.o
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icmd/pdf -o $@ $(filter %.c %.o,$^) $$($(PKG_CONFIG) --libs fribidi) -lcmocka

$B/unit/%: tests/unit/%.c $(CORE_OBJ)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icore -Itests/unit -Itests/alerts -o $@ $< $(CORE_OBJ) \
		$$($(PKG_CONFIG) --cflags --libs $(MAIN_PKGS)) -lcmocka

$B/torture/%: tests/torture/%.c $(CORE_OBJ)
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icore -Itests/torture -o $@ $< $(CORE_OBJ) \
		$$($(PKG_CONFIG) --cflags --libs $(MAIN_PKGS)) -lcmocka

$B/fail_alloc.so: tests/torture/fail_alloc.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

# The servers of tests/net, and a poorer network for their client.
$B/hook: $(addprefix tests/net/,hook.c hook_answers.c server.c hook.h server.h)
$B/smtp: $(addprefix tests/net/,smtp.c server.c server.h)
$B/hook $B/smtp:
	@mkdir -p $(@D)
	@echo "  CC  $@"
	$(Q)$(CC) $(CFLAGS_ALL) -MF $@.d $(LD_$(MODE)) -o $@ $(filter %.c,$^) -pthread

$B/net_shim.so: tests/net/net_shim.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

$B/bench/fill: tests/bench/fill.c $(CORE_OBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icore -o $@ $< $(CORE_OBJ) \
		$$($(PKG_CONFIG) --cflags --libs $(MAIN_PKGS))

$B/bench/pair: tests/bench/pair.c
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -o $@ $<

$B/bench/peak: tests/bench/peak.c
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -o $@ $<

# Alarms of a made-up incident in every format: golden files and verifiers read what it prints.
$B/render: tests/alerts/render.c tests/alerts/alerts.h $(CORE_OBJ)
	@mkdir -p $(@D)
	@echo "  LD  $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LD_$(MODE)) -Icore -Itests/alerts -o $@ $< $(CORE_OBJ) \
		$$($(PKG_CONFIG) --cflags --libs $(MAIN_PKGS))

test-programs: all $(UNIT) $(NETUNIT) $(PDFUNIT) $(TORTURE) $B/fail_alloc.so $B/hook $B/render $B/smtp $B/net_shim.so

# tests/run prints one line a test program and, last, "N passed, M failed".
check:
	$(MAKE) MODE=debug WERROR=1 test-programs
	$(MAKE) MODE=release WERROR=1 all
	sh tests/run debug

asan:
	$(MAKE) MODE=asan WERROR=1 test-programs
	sh tests/run asan

# What we send, judged by programs of others; fetches npm packages into build/verifiers.
verifiers:
	$(MAKE) MODE=debug WERROR=1 build/debug/render
	sh tests/verifiers/run

lint:
	sh tests/lint/all

bench: all $B/bench/fill $B/bench/pair $B/bench/peak $B/hook
	sh tests/bench/all

# The man pages are the tables of commands, printed; a test compares them with the program.
man: $B/beffroi
	$B/beffroi help man --lang en >contrib/man/beffroi.1
	$B/beffroi help man --lang fr >contrib/man/beffroi.fr.1

# --- install -----------------------------------------------------------------
install: all
	install -Dm755 $B/beffroi $(DESTDIR)$(PREFIX)/bin/beffroi
	install -Dm755 $B/beffroi-net $(DESTDIR)$(PREFIX)/libexec/beffroi/beffroi-net
	[ -z "$(HAVE_PDF)" ] || install -Dm755 $B/beffroi-pdf $(DESTDIR)$(PREFIX)/libexec/beffroi/beffroi-pdf
	install -Dm644 contrib/man/beffroi.1 $(DESTDIR)$(PREFIX)/share/man/man1/beffroi.1
	install -Dm644 contrib/man/beffroi.fr.1 $(DESTDIR)$(PREFIX)/share/man/fr/man1/beffroi.1
	for unit in watch.service watch.timer watch-stay.service; do \
		install -d $(DESTDIR)$(PREFIX)/lib/systemd/user; \
		sed 's|/usr/local/bin|$(PREFIX)/bin|' contrib/systemd/beffroi-$$unit \
			>$(DESTDIR)$(PREFIX)/lib/systemd/user/beffroi-$$unit; \
	done
	install -Dm755 contrib/verify/verify.sh $(DESTDIR)$(PREFIX)/share/beffroi/verify/verify.sh
	install -Dm755 contrib/verify/verify-dossier.sh $(DESTDIR)$(PREFIX)/share/beffroi/verify/verify-dossier.sh
	install -Dm644 contrib/verify/README.md $(DESTDIR)$(PREFIX)/share/beffroi/verify/README.md
	install -Dm644 contrib/completion/beffroi.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/beffroi

clean:
	rm -rf build

.PHONY: all no-pdf man check asan lint verifiers bench install clean test-programs
-include $(CORE_OBJ:.o=.d) $(CMD_OBJ:.o=.d) $(NET_OBJ:.o=.d) $(PDF_OBJ:.o=.d) $(UNIT:=.d) $(NETUNIT:=.d) $(PDFUNIT:=.d) $(TORTURE:=.d)
