{{- define "sas.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 53 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "sas.selector" -}}
app.kubernetes.io/name: sas-operation-exporter
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* Takes {context, component}. */}}
{{- define "sas.labels" -}}
{{ include "sas.selector" .context }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .context.Chart.Name .context.Chart.Version }}
{{- end }}

{{- define "sas.exporterLabels" -}}
{{ include "sas.labels" (dict "context" . "component" "exporter") }}
{{- end }}
