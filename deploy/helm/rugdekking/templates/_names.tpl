{{/* Names and labels that all parts share. */}}
{{- define "rugdekking.labels" -}}
app.kubernetes.io/name: rugdekking
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
{{- define "rugdekking.selector" -}}
app.kubernetes.io/name: rugdekking
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "rugdekking.claim" -}}
{{ .Values.data.existingClaim | default (printf "%s-data" .Release.Name) }}
{{- end }}
{{- define "rugdekking.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag }}{{ end }}
{{- end }}
