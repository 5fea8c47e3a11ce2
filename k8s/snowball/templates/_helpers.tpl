{{/*
Most of these take a dict: root (the top scope), name (of the service), svc (its settings: defaults overlaid by its own).
*/}}

{{- define "snowball.fullname" -}}
{{- if contains "snowball" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-snowball" (.Release.Name | trunc 31 | trimSuffix "-") -}}
{{- end -}}
{{- end -}}

{{- define "snowball.name" -}}
{{- printf "%s-%s" (include "snowball.fullname" .root) .name -}}
{{- end -}}

{{/* What finds the pods of a service. Immutable in a Deployment: never add a version. */}}
{{- define "snowball.selectorLabels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: service
{{- end -}}

{{- define "snowball.commonLabels" -}}
app.kubernetes.io/part-of: snowball
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "snowball.labels" -}}
{{ include "snowball.selectorLabels" . }}
{{ include "snowball.commonLabels" .root }}
{{- end -}}

{{/* Migration pods must not be found by the Service, so their component differs. */}}
{{- define "snowball.migrationSelectorLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: migration
{{- end -}}

{{- define "snowball.image" -}}
{{- $image := .svc.image -}}
{{- $tag := $image.tag | default (printf "%s%s" .root.Chart.AppVersion (ternary "-native" "" (eq $image.kind "native"))) -}}
{{- with $image.registry }}{{ trimSuffix "/" . }}/{{ end }}{{ $image.prefix }}{{ .name }}:{{ $tag }}
{{- end -}}

{{/* The plain settings of a service. `env` comes last and wins. */}}
{{- define "snowball.env" -}}
{{- $svc := .svc -}}
{{- $env := dict
  "QUARKUS_HTTP_PORT" "8080"
  "QUARKUS_SHUTDOWN_TIMEOUT" (printf "%dS" (int $svc.shutdownSeconds))
  "SNOWBALL_PUBLIC_URL" .root.Values.publicUrl
  "SNOWBALL_DB_HOST" $svc.database.host
  "SNOWBALL_DB_PORT" (int $svc.database.port | toString)
  "SNOWBALL_DB_NAME" ($svc.database.name | default .name) -}}
{{- range $svc.calls -}}
{{- $_ := set $env (printf "SNOWBALL_PEERS_%s" (upper .)) (printf "http://%s-%s:8080" (include "snowball.fullname" $.root) .) -}}
{{- end -}}
{{- if eq $svc.image.kind "jvm" -}}
{{- $_ := set $env "JDK_JAVA_OPTIONS" $svc.javaOptions -}}
{{- end -}}
{{- if $svc.smtp.enabled -}}
{{- $_ := set $env (printf "%s_SMTP_HOST" (upper .name)) $svc.smtp.host -}}
{{- $_ := set $env (printf "%s_SMTP_PORT" (upper .name)) (int $svc.smtp.port | toString) -}}
{{- $tls := $svc.smtp.tls | default (ternary "required" "none" (not (empty $svc.smtp.existingSecret))) -}}
{{- $_ := set $env (printf "%s_SMTP_TLS" (upper .name)) (ternary "off" $tls (eq $tls "none")) -}}
{{- $_ := set $env (printf "%s_SMTP_HELLO_NAME" (upper .name)) ($svc.smtp.helloName | default (urlParse .root.Values.publicUrl).hostname) -}}
{{- $_ := set $env (printf "%s_SENDER_ADDRESS" (upper .name)) $svc.sender.address -}}
{{- with $svc.sender.name -}}
{{- $_ := set $env (printf "%s_SENDER_NAME" (upper $.name)) . -}}
{{- end -}}
{{- end -}}
{{- if $svc.dkim.existingSecret -}}
{{- $_ := set $env (printf "%s_DKIM_DOMAIN" (upper .name)) $svc.dkim.domain -}}
{{- $_ := set $env (printf "%s_DKIM_SELECTOR" (upper .name)) $svc.dkim.selector -}}
{{- $_ := set $env (printf "%s_DKIM_KEY_FILE" (upper .name)) (printf "/etc/snowball/dkim/%s" $svc.dkim.key) -}}
{{- end -}}
{{- if $svc.admin.enabled -}}
{{- $_ := set $env (printf "%s_ADMIN_LOGIN" (upper .name)) $svc.admin.login -}}
{{- end -}}
{{- with $svc.secondFactor.roles -}}
{{- $_ := set $env (printf "%s_LOGIN_SECOND_FACTOR_ROLES" (upper $.name)) (join "," .) -}}
{{- end -}}
{{- if $svc.ingress.enabled -}}
{{- $_ := set $env "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING" "true" -}}
{{- $_ := set $env "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES" (join "," $svc.ingress.trustedProxies) -}}
{{- end -}}
{{- range $key, $value := mustMergeOverwrite $env $svc.env }}
- name: {{ $key }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* The secret settings: references only. `secretEnv` comes last and wins. */}}
{{- define "snowball.secretEnv" -}}
{{- $svc := .svc -}}
{{- $database := $svc.database.existingSecret -}}
{{- $env := dict
  "SNOWBALL_INTERNAL_KEY" .root.Values.internalKey
  "SNOWBALL_DB_USER" (dict "existingSecret" $database "key" "username")
  "SNOWBALL_DB_PASSWORD" (dict "existingSecret" $database "key" "password") -}}
{{- with $svc.smtp.existingSecret -}}
{{- $_ := set $env (printf "%s_SMTP_USER" (upper $.name)) (dict "existingSecret" . "key" "username") -}}
{{- $_ := set $env (printf "%s_SMTP_PASSWORD" (upper $.name)) (dict "existingSecret" . "key" "password") -}}
{{- end -}}
{{- if $svc.admin.enabled -}}
{{- $_ := set $env (printf "%s_ADMIN_PASSWORD" (upper .name)) (dict "existingSecret" $svc.admin.existingSecret "key" $svc.admin.key) -}}
{{- end -}}
{{- with $svc.secondFactor.existingSecret -}}
{{- $_ := set $env (printf "%s_LOGIN_SECOND_FACTOR_KEY" (upper $.name)) (dict "existingSecret" . "key" $svc.secondFactor.key) -}}
{{- end -}}
{{- range $name, $ref := mustMergeOverwrite $env (deepCopy $svc.secretEnv) }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $ref.existingSecret }}
      key: {{ $ref.key }}
{{- end }}
{{- end -}}

{{/* The same for services and migrations: a service that finds its key file missing does not start, not even to migrate. */}}
{{- define "snowball.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .svc.dkim.existingSecret }}
- name: dkim
  mountPath: /etc/snowball/dkim
  readOnly: true
{{- end }}
{{- end -}}

{{- define "snowball.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .svc.tmpSize }}
{{- with .svc.dkim.existingSecret }}
- name: dkim
  secret:
    secretName: {{ . }}
    # Read by the pod's group (fsGroup), by nobody else.
    defaultMode: 0440
    items:
      - key: {{ $.svc.dkim.key }}
        path: {{ $.svc.dkim.key }}
{{- end }}
{{- end -}}

{{- define "snowball.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "snowball.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* True where more than one pod of the service is meant to run. */}}
{{- define "snowball.replicated" -}}
{{- if .autoscaling.enabled -}}
{{- if gt (int .autoscaling.minReplicas) 1 -}}true{{- end -}}
{{- else if gt (int .replicas) 1 -}}true{{- end -}}
{{- end -}}
