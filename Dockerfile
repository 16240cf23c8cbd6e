# portalwatch as a service: one volume with its configuration and data, no root, a health check by `status`.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    UV_SYSTEM_PYTHON=1 \
    PORTALWATCH_CONFIG=/data

RUN useradd --create-home --uid 1000 portalwatch \
    && install --directory --owner=portalwatch --group=portalwatch /data

# For portals with `client: browser`, and for scans.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app

# The dependencies change seldom and are a layer of their own.
COPY requirements.lock crawler/browser.lock ./
RUN pip install --no-cache-dir uv==0.13.9 \
    && uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.lock \
    && uv pip install --no-cache --compile-bytecode --require-hashes -r browser.lock

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
