{{/* Copyright the catrs authors. SPDX-License-Identifier: Apache-2.0 */}}

{{- define "catrs.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* Labels of everything: dict root, component (may be empty) */}}
{{- define "catrs.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: catrs
{{ include "catrs.selector" . }}
{{- end }}

{{/* Labels by which pods are found: dict root, component */}}
{{- define "catrs.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "catrs.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "catrs.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{/* Image of a program: dict root, image */}}
{{- define "catrs.image" -}}
{{- if .image.digest }}{{ printf "%s@%s" .image.repository .image.digest }}{{ else }}{{ printf "%s:%s" .image.repository (.image.tag | default .root.Chart.AppVersion) }}{{ end }}
{{- end }}

{{- define "catrs.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "catrs.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* Requests and limits of a container: its resources and its GPUs. */}}
{{- define "catrs.resources" -}}
{{- $resources := deepCopy .resources }}
{{- if .gpu.count }}
{{- $limits := merge (dict .gpu.resource (.gpu.count | toString)) ($resources.limits | default dict) }}
{{- $_ := set $resources "limits" $limits }}
{{- end }}
{{- toYaml $resources }}
{{- end }}

{{/* Settings of Kafka's clients that are no secrets, as lines of a properties file. */}}
{{- define "catrs.kafkaProperties" -}}
bootstrap.servers={{ .Values.kafka.bootstrapServers }}
security.protocol={{ .Values.kafka.securityProtocol }}
{{- if .Values.kafka.tls.caSecret }}
ssl.truststore.type=PEM
ssl.truststore.location=/etc/catrs/kafka-ca/ca.crt
{{- end }}
{{- if .Values.kafka.tls.clientSecret }}
ssl.keystore.type=PEM
{{- end }}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}
sasl.mechanism={{ .Values.kafka.sasl.mechanism }}
{{- end }}
{{- with .Values.kafka.sasl.tokenEndpoint }}
sasl.oauthbearer.token.endpoint.url={{ . }}
sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
{{- end }}
{{- include "catrs.properties" .Values.kafka.settings }}
{{- end }}

{{/* Settings as lines of a properties file. */}}
{{- define "catrs.properties" -}}
{{- range $key, $value := . }}
{{- if has $key (list "true" "false") }}{{ fail "a key of settings is not in quotes: YAML takes n for no, write \"n\": 100000" }}{{ end }}
{{ $key }}={{ include "catrs.value" $value }}
{{- end }}
{{- end }}

{{/* A value of a properties file: whole numbers without exponent, lists with commas. */}}
{{- define "catrs.value" -}}
{{- if kindIs "slice" . }}{{ join "," . }}{{ else if and (kindIs "float64" .) (eq . (floor .)) (lt . 1e15) }}{{ int64 . }}{{ else }}{{ . | toString | replace "\\" "\\\\" | replace "\n" "\\n" }}{{ end }}
{{- end }}

{{/* Variables of a container, those from secrets first: dict root, loginSecret, env */}}
{{- define "catrs.env" -}}
{{- with .root.Values.kafka.tls.clientSecret }}
- name: KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN
  valueFrom: {secretKeyRef: {name: {{ . }}, key: tls.crt}}
- name: KAFKA_SSL_KEYSTORE_KEY
  valueFrom: {secretKeyRef: {name: {{ . }}, key: tls.key}}
{{- end }}
{{- with .loginSecret }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom: {secretKeyRef: {name: {{ . }}, key: sasl.jaas.config}}
{{- end }}
{{- with .root.Values.kafka.sasl.tokenEndpoint }}
- name: JAVA_TOOL_OPTIONS
  value: {{ printf "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=%s" . | quote }}
{{- end }}
{{- with .env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Topics by the key of their name: partitions (0: as many as images), cleanup, retention. */}}
{{- define "catrs.topics" -}}
images: {partitions: {{ .Values.topicCreation.partitions }}}
predictions: {partitions: {{ .Values.topicCreation.partitions }}}
rejected: {partitions: {{ .Values.topicCreation.partitions }}}
rates: {partitions: 1}
shifts: {partitions: 1}
models: {partitions: 1, config: {cleanup.policy: compact}}
modelStatus: {partitions: 1, config: {cleanup.policy: compact}}
{{- if .Values.trainer.enabled }}
jobs: {partitions: {{ .Values.topicCreation.partitions }}, config: {retention.ms: "-1"}}
trainingStatus: {partitions: 1, config: {cleanup.policy: compact}}
{{- end }}
{{- end }}

{{- define "catrs.applicationId" -}}
{{- .Values.certifier.applicationId | default (printf "catrs-certifier-%s" .Values.topics.images) }}
{{- end }}

{{- define "catrs.groupId" -}}
{{- .Values.trainer.groupId | default "catrs-trainer" }}
{{- end }}
