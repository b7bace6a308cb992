# The commands of this project in one place. Each is a line that can be typed without `just`.

# Lists the recipes.
default:
    @just --list

# All tests. SQLite always; PostgreSQL and MariaDB when they answer, required with ARVEL_TEST_REQUIRE=all.
test:
    cargo test --workspace

# The same tests but the documentation's, with cargo-nextest.
nextest:
    cargo nextest run --workspace

# Formatting and lints, as CI holds them.
lint:
    cargo fmt --all --check
    rustfmt --check tests/golden/*/*.rs
    cargo clippy --workspace --all-targets -- -D warnings

# The API documentation, and the book when mdbook is there.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps
    if command -v mdbook >/dev/null; then mdbook build docs; fi

# Rewrites the generated pages of the book (docs/src/reference).
docs-update:
    ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference
    ARVEL_UPDATE_DOCS=1 cargo test -p arvel-cli --lib schemas
    ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests --test suite docs
    ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests --test cli coming

# Rewrites the SQL of the goldens (tests/golden).
goldens:
    ARVEL_UPDATE_GOLDEN=1 cargo test -p arvel-tests --test conformance golden

# Arvel beside other migrators; takes minutes and needs the servers.
bench:
    cargo run --release --manifest-path bench/Cargo.toml -- all

# Licences, advisories, sources. Needs cargo-deny.
deny:
    cargo deny check

# Everything that CI runs in its main job.
ci:
    ./.ci/run
