# Tributary as a container: `docker compose run --rm --build tributary`.
# Two usual stages; it needs images that only a registry has.
FROM rust:1.95-slim-trixie AS build
WORKDIR /tributary
COPY Cargo.toml Cargo.lock clippy.toml ./
COPY generators generators
COPY harness harness
COPY reports reports
COPY scenarios scenarios
RUN cargo build --release --locked --package tributary-cli

FROM debian:trixie-slim
RUN useradd --system --create-home tributary
COPY --from=build /tributary/target/release/tributary /usr/local/bin/tributary
COPY --from=build /tributary/scenarios /home/tributary/scenarios
USER tributary
WORKDIR /home/tributary
ENTRYPOINT ["tributary"]
CMD ["run"]
