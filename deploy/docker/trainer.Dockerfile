# Copyright the catrs authors.
# SPDX-License-Identifier: Apache-2.0
#
# Build it from the project's folder; --version, and models that it trains, then say the commit:
#   docker build -f deploy/docker/trainer.Dockerfile --build-arg COMMIT="$(git rev-parse HEAD)" -t catrs/trainer .
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN mvn -q -B -Dmaven.test.skip=true -pl trainer -am package \
    && mkdir -p /opt/catrs/lib \
    && cp LICENSE NOTICE /opt/catrs \
    && tr : '\n' < trainer/target/class-path | xargs cp -t /opt/catrs/lib trainer/target/catrs-trainer-*.jar
# ONNX Runtime would otherwise unpack its libraries into the temporary folder at every start.
RUN platform="linux-$(uname -m | sed 's/x86_64/x64/')" \
    && jar --extract --file "$(ls /opt/catrs/lib/onnxruntime-*.jar)" "ai/onnxruntime/native/$platform" \
    && mv "ai/onnxruntime/native/$platform" /opt/ort

FROM eclipse-temurin:17-jre
COPY --from=build /opt/catrs /opt/catrs
COPY --from=build /opt/ort /opt/ort
# New volumes that are mounted here belong to the user below. The engine's libraries are unpacked into the cache once.
RUN mkdir /models /cache && chown 10001:10001 /models /cache
VOLUME /models
VOLUME /cache
USER 10001:10001
ENV DJL_CACHE_DIR=/cache
ARG COMMIT=""
# A container's own address is reached through the ports that are published, and by no others.
ENV CATRS_COMMIT=$COMMIT CATRS_HTTP_HOST=0.0.0.0
# A training run ends by itself; there is nothing to ask it meanwhile.
HEALTHCHECK NONE
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=40", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "-Djava.awt.headless=true", "-Duser.home=/cache", "-Djava.io.tmpdir=/cache", \
    "-Donnxruntime.native.path=/opt/ort", \
    "-cp", "/opt/catrs/lib/*", "org.catrs.trainer.TrainerApplication"]
CMD ["train", "--help"]
