# Two images, built from the repository's root:
#   docker build -t digitml .                            the console
#   docker build -t digitml-server --target server .     a page to draw digits on and an HTTP API, on port 8080
# A build without Git's history does not know its version: --build-arg VERSION=1.2.3.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
ARG VERSION=
WORKDIR /source
COPY . .
RUN dotnet publish DigitML.Training -c Release -a $TARGETARCH --self-contained false -p:PublishReadyToRun=true -p:MinVerVersionOverride=$VERSION -o /app

# LightGBM, one of ML.NET's trainers, needs OpenMP, which the smaller (chiseled) images cannot install.
FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
ENV DOTNET_EnableDiagnostics=0
USER $APP_UID

FROM runtime AS server
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q ^Healthy <&3"]
ENTRYPOINT ["/app/digitml", "serve", "--urls", "http://0.0.0.0:8080"]

FROM runtime AS digitml
WORKDIR /work
ENTRYPOINT ["/app/digitml"]
