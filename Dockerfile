# One image for the site: the front end is built here, the back end serves it.
FROM node:22-bookworm-slim AS frontend
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
COPY backend/openapi.json /app/backend/openapi.json
RUN npm run build

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY requirements/base.lock requirements/ml.lock requirements/features.lock requirements/spider.lock requirements/
RUN uv venv /opt/venv && \
    VIRTUAL_ENV=/opt/venv uv pip sync --no-cache --require-hashes requirements/base.lock requirements/ml.lock requirements/features.lock requirements/spider.lock
COPY pyproject.toml README.md ./
COPY models models
COPY backend backend
COPY spider spider
COPY --from=frontend /app/frontend/dist frontend/dist
RUN VIRTUAL_ENV=/opt/venv uv pip install --no-cache --no-deps -e . && \
    /opt/venv/bin/python -m whitenoise.compress --quiet frontend/dist && \
    useradd --create-home --uid 10001 huisheng && \
    install -d -o huisheng -g huisheng /data
USER huisheng
ENV PATH=/opt/venv/bin:$PATH HUISHENG_DATA_DIR=/data HUISHENG_TOOLS_DIR=/data/tools HUISHENG_HOST=0.0.0.0
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["huisheng", "run"]
