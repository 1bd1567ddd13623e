# Tributary as a container: `docker compose --profile tributary up --wait`.
# Not built where images cannot be pulled; the two stages are the usual ones of a Rust program.
FROM rust:1.95-slim-trixie AS build
WORKDIR /tributary
COPY . .
RUN cargo build --release --locked --package tributary-cli

FROM debian:trixie-slim
RUN useradd --system --create-home tributary
COPY --from=build /tributary/target/release/tributary /usr/local/bin/tributary
COPY --from=build /tributary/scenarios /home/tributary/scenarios
USER tributary
WORKDIR /home/tributary
ENTRYPOINT ["tributary"]
CMD ["run"]
