# `postrider catch` in a container:
#
#     docker build -t postrider .
#     docker run --rm -p 127.0.0.1:1025:1025 -p 127.0.0.1:8025:8025 postrider
#
# Mail to localhost:1025, the page on http://localhost:8025/. Inside it listens on all addresses, since there is no other
# way in; who may come is said by -p, which without 127.0.0.1 lets in the whole network.
FROM debian:bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      g++ cmake ninja-build pkg-config libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libssl-dev libsqlite3-dev \
      libcli11-dev libtomlplusplus-dev libidn-dev libidn2-dev \
 && rm -rf /var/lib/apt/lists/*
COPY . /src
RUN cmake -S /src -B /build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
      -DPOSTRIDER_TESTS=OFF -DPOSTRIDER_EXAMPLES=OFF \
 && cmake --build /build --target postrider_program \
 && DESTDIR=/out cmake --install /build --component program --strip

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      ca-certificates curl libboost-json1.81.0 libboost-url1.81.0 libidn12 libidn2-0 libsqlite3-0 libssl3 libtomlplusplus3 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /var/lib/postrider postrider \
 && install --directory --owner=postrider --group=postrider --mode=0700 /var/lib/postrider
COPY --from=build /out/ /
USER postrider
VOLUME /var/lib/postrider
EXPOSE 1025 8025
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8025/api/v1/status"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["postrider", "catch", "--smtp", "0.0.0.0:1025", "--http", "0.0.0.0:8025"]
CMD ["--store", "/var/lib/postrider/messages.sqlite"]
