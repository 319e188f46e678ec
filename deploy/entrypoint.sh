#!/bin/sh
# What a container does: `all` of it, or one of `site`, `worker`, `timer`, `nginx`; anything else is
# passed on to manage.py. Several may start at once.
set -eu

NGINX_FOLDER=${NGINX_FOLDER:-/etc/nginx}
CERTIFICATES=${CERTIFICATES:-/etc/ssl/diptych}

# Become a command, without the rights of root.
become() {
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid diptych --regid diptych --init-groups "$@"
    fi
    exec "$@"
}

manage() {
    (become python manage.py "$@")
}

# Write this server's names into the configuration of nginx.
configure_nginx() {
    host=${SITE_ADDRESS#https://}
    host=${host%%/*}
    sed --in-place \
        --expression "s/journal\.example/$host/" \
        --expression "s/127\.0\.0\.1:8081/${PURGE_LISTEN:-127.0.0.1:8081}/" \
        --expression "s#/etc/ssl/diptych#$CERTIFICATES#" \
        "$NGINX_FOLDER/nginx.conf"
    sed --in-place "s/server 127\.0\.0\.1:8000/server ${SITE_SERVER:-127.0.0.1:8000}/" \
        "$NGINX_FOLDER/http.conf"
    if [ -n "${MEDIA_BUCKET:-}" ]; then
        sed --in-place "s/media-files\.conf/media-bucket.conf/" "$NGINX_FOLDER/nginx.conf"
        storage=${AWS_ENDPOINT_URL_S3#*://}
        sed --in-place --expression "s#storage:9000#${storage%%/*}#" \
            --expression "s#/diptych/#/$MEDIA_BUCKET/#" "$NGINX_FOLDER/media-bucket.conf"
    fi
    if [ ! -e "$CERTIFICATES/certificate.pem" ]; then
        echo "No certificate in $CERTIFICATES: nginx uses one that browsers do not trust." >&2
        mkdir --parents "$CERTIFICATES"
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$host" \
            -keyout "$CERTIFICATES/key.pem" -out "$CERTIFICATES/certificate.pem" 2>/dev/null
    fi
}

serve_site() {
    become gunicorn --pythonpath site --bind "${SITE_LISTEN:-127.0.0.1:8000}" \
        --workers "${WEB_WORKERS:-2}" --threads "${WEB_THREADS:-4}" config.wsgi
}

# Every five minutes what is due, and once a day what is old.
keep_time() {
    trap 'exit 0' INT TERM
    yesterday=$(date +%F)
    while true; do
        manage publish_scheduled || true
        manage rebuild_related --waiting || true
        if [ "$(date +%F)" != "$yesterday" ]; then
            yesterday=$(date +%F)
            manage empty_bin || true
            if [ "${TASK_WORKER:-}" = true ]; then
                manage prune_db_task_results --backend background || true
            fi
        fi
        sleep 300 &
        wait $!
    done
}

# Run the site, the timer and nginx; the container ends with the first that does.
serve_all() {
    serve_site &
    services=$!
    keep_time &
    services="$services $!"
    nginx -g "daemon off;" &
    services="$services $!"
    # shellcheck disable=SC2086
    trap 'kill $services 2>/dev/null; wait; exit 0' INT TERM
    while true; do
        for service in $services; do
            if ! kill -0 "$service" 2>/dev/null; then
                # shellcheck disable=SC2086
                kill $services 2>/dev/null || true
                exit 1
            fi
        done
        sleep 2 &
        wait $! || true
    done
}

case "${1:-all}" in
    all)
        configure_nginx
        manage prepare
        serve_all
        ;;
    site)
        manage prepare
        serve_site
        ;;
    worker)
        manage prepare
        become python manage.py db_worker --backend background
        ;;
    timer)
        manage prepare
        keep_time
        ;;
    nginx)
        configure_nginx
        exec nginx -g "daemon off;"
        ;;
    configure-nginx)
        configure_nginx
        ;;
    *)
        become python manage.py "$@"
        ;;
esac
