# The service, for any role, with the page as it was built: `make page && docker build -t apiwright .`
FROM python:3.13-slim-bookworm AS build
RUN pip install --no-cache-dir uv
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/apiwright UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --extra models --extra telemetry --no-install-project
COPY src src
RUN uv sync --frozen --no-dev --extra models --extra telemetry --no-editable

FROM python:3.13-slim-bookworm
# bubblewrap isolates the proofs of generated projects; where the container may not make namespaces, reports say `isolation: none`.
RUN apt-get update && apt-get install -y --no-install-recommends bubblewrap && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home apiwright \
    && install -d -o apiwright /var/lib/apiwright /var/cache/apiwright
COPY --from=build /opt/apiwright /opt/apiwright
ENV PATH=/opt/apiwright/bin:$PATH PYTHONUNBUFFERED=1 \
    APIWRIGHT_HOST=0.0.0.0 APIWRIGHT_PORT=8000 APIWRIGHT_DATA_DIR=/var/lib/apiwright APIWRIGHT_CACHE_DIR=/var/cache/apiwright
USER 10001
WORKDIR /var/lib/apiwright
VOLUME ["/var/lib/apiwright", "/var/cache/apiwright"]
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=5)"]
CMD ["apiwright", "serve"]
