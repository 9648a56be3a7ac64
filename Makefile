# Atesaki: what can be done with a checkout. `make run` to look, `make test` to check.

CARGO ?= cargo
NPM = npm --prefix ui
TAURI = ui/node_modules/.bin/tauri
# Where cargo puts what it builds.
OUT = $(or $(CARGO_TARGET_DIR),target)
DISPLAYED = $(DISPLAY)$(WAYLAND_DISPLAY)

.PHONY: run test demo bench package dev soak evening pictures bindings page
.DEFAULT_GOAL := run

# Opens the window on the sample; without a display the sample is reported in the terminal.
ifeq ($(DISPLAYED),)
run:
	@echo "No display: the sample in the terminal."
	@$(MAKE) --no-print-directory demo
else
run: page
	$(CARGO) run --locked -p atesaki-desktop -- --sample
endif

# Every test, on real parts: Dovecot, Chromium, a notification service, a keychain, the window.
test:
	scripts/install-packages test
	$(NPM) ci --no-audit --no-fund
	$(CARGO) fmt --all --check
	$(NPM) run check
	$(NPM) test
	$(NPM) run build
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(CARGO) build --locked --workspace
	scripts/with-display $(CARGO) test --locked --workspace --lib --bins --tests

# The sample in the terminal, from an empty folder to the report.
demo:
	scripts/install-packages terminal
	$(CARGO) run --locked -p atesaki -- demo

# The installable bundles for this system, with both programs in them.
package: page
	$(CARGO) build --locked --release -p atesaki
	install -D $(OUT)/release/atesaki target/packaged/atesaki
	$(TAURI) build --ci $(if $(filter Linux,$(shell uname -s)),--bundles deb$(comma)rpm) -- --locked

# The window with hot reload.
dev: page
	$(TAURI) dev

# The benchmarks: each a ratio against a reference measured in the same run, how well breach notices
# are read, and a twentieth of the detection tables.
bench:
	scripts/install-packages test
	$(CARGO) build --locked --release -p atesaki -p acceptance
	$(OUT)/release/bench $(OUT)/bench
	scripts/spam-assassin $(OUT)/spam-assassin
	$(CARGO) bench --locked -p exposure --bench notices -- $(abspath $(OUT))/bench $(abspath $(OUT))/spam-assassin
	$(CARGO) bench --locked -p exposure --bench speed
	$(CARGO) bench --locked -p exposure --bench worlds -- --share 20

# What is too long for `make test`, at full size: a minute of broken headers for each parser, a
# hundred samples, two hundred killed readings, a mailbox of 400,000, and the detection tables.
soak:
	scripts/install-packages test
	ATESAKI_FUZZ_SECONDS=60 $(CARGO) test --locked --release -p exposure --test fuzz -- --nocapture
	ATESAKI_FUZZ_SECONDS=60 $(CARGO) test --locked --release -p monitor --test fuzz -- --nocapture
	$(CARGO) bench --locked -p exposure --bench worlds
	ATESAKI_SEEDS=100 $(CARGO) test --locked --release -p monitor --test sample -- --nocapture
	ATESAKI_KILLS=200 ATESAKI_MESSAGES=400000 scripts/with-display $(CARGO) test --locked --release -p acceptance --test acceptance -- large_mailbox killed --nocapture

# The first evening in the window, with a mailbox of 50,000 messages: presses, fields and seconds.
evening: page
	scripts/install-packages test
	$(CARGO) build --locked --workspace
	scripts/with-display $(OUT)/debug/evening

# The README's pictures, from the real window on the sample under a fixed clock.
pictures: page
	scripts/install-packages test
	$(CARGO) build --locked --workspace
	scripts/with-display $(OUT)/debug/pictures docs/pictures

# The TypeScript of every shape and command that crosses to the page, made from Rust.
bindings:
	$(CARGO) run --locked -p acceptance --bin bindings

# The page that is built into the window.
page:
	scripts/install-packages build
	$(NPM) ci --no-audit --no-fund
	$(NPM) run build

comma = ,
