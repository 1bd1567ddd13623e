# Tributary as a container, for docker-compose.yml and for Kubernetes (docs/beyond-one-machine.md):
#
#   docker build --tag tributary:local .
#   docker run --rm tributary:local run
#
# Without the feature `containers`, which would want an engine inside of it. REGISTRY names a mirror,
# with a slash at its end: --build-arg REGISTRY=mirror.example/
ARG REGISTRY=
FROM ${REGISTRY}rust:1.95-slim-trixie AS build
WORKDIR /tributary
COPY Cargo.toml Cargo.lock ./
COPY generators generators
COPY harness harness
COPY reports reports
COPY scenarios scenarios
ENV CARGO_PROFILE_RELEASE_STRIP=symbols
RUN cargo build --release --locked --package tributary-cli

FROM ${REGISTRY}debian:trixie-slim
# A number, so that Kubernetes can see that it is not root (runAsNonRoot). The folder of results is
# the user's own, and so is a named volume that is mounted over it for the first time.
RUN useradd --uid 10001 --create-home tributary \
    && chmod 0755 /home/tributary \
    && install --directory --owner tributary --group tributary /home/tributary/results
COPY --from=build /tributary/target/release/tributary /usr/local/bin/tributary
COPY scenarios /home/tributary/scenarios
USER 10001:10001
WORKDIR /home/tributary
ENTRYPOINT ["tributary"]
CMD ["run"]
