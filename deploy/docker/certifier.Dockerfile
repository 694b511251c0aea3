# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
#
# Build it from the project's folder; --version then says the commit:
#   docker build -f deploy/docker/certifier.Dockerfile --build-arg COMMIT="$(git rev-parse HEAD)" -t catrs/certifier .
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q -B -Dmaven.test.skip=true -pl certifier-stream -am package \
    && mkdir -p /opt/catrs/lib \
    && cp LICENSE NOTICE /opt/catrs \
    && tr : '\n' < certifier-stream/target/class-path | xargs cp -t /opt/catrs/lib certifier-stream/target/catrs-certifier-stream-*.jar
# ONNX Runtime would otherwise unpack its libraries into the temporary folder at every start.
RUN platform="linux-$(uname -m | sed 's/x86_64/x64/')" \
    && jar --extract --file "$(ls /opt/catrs/lib/onnxruntime-*.jar)" "ai/onnxruntime/native/$platform" \
    && mv "ai/onnxruntime/native/$platform" /opt/ort

FROM eclipse-temurin:17-jre
COPY --from=build /opt/catrs /opt/catrs
COPY --from=build /opt/ort /opt/ort
# A new volume that is mounted here belongs to the user below.
RUN mkdir /models && chown 10001:10001 /models
VOLUME /models
USER 10001:10001
ARG COMMIT=""
# A container's own address is reached through the ports that are published, and by no others.
ENV CATRS_COMMIT=$COMMIT CATRS_HTTP_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --retries=6 CMD ["curl", "-fsS", "http://127.0.0.1:8080/health/live"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "-Djava.awt.headless=true", "-Donnxruntime.native.path=/opt/ort", \
    "-cp", "/opt/catrs/lib/*", "org.catrs.certifier.CertifierApplication"]
CMD ["serve", "--bootstrap-server", "kafka:19092", "--model", "/models/current"]
