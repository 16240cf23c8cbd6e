# portalwatch as a service: one volume with its configuration and data, no root, a health check by `status`.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    UV_SYSTEM_PYTHON=1 \
    PORTALWATCH_CONFIG=/data

RUN useradd --create-home --uid 1000 portalwatch \
    && install --directory --owner=portalwatch --group=portalwatch /data

WORKDIR /app

# The dependencies change seldom and are a layer of their own.
COPY requirements.lock ./
RUN pip install --no-cache-dir uv==0.13.9 \
    && uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.lock

COPY pyproject.toml README.md ./
COPY config config
COPY storage storage
COPY crawler crawler
COPY monitor monitor
RUN uv pip install --no-cache --compile-bytecode --no-deps .

USER portalwatch
VOLUME ["/data"]

HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 \
    CMD ["portalwatch", "status", "--health"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["portalwatch"]
CMD ["serve"]
