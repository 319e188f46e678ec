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
    address=${SITE_ADDRESS#https://}
    address=${address%%/*}
    host=${address%%:*}
    port=${address#"$host"}
    sed --in-place \
        --expression "s/journal\.example/$host/" \
        --expression "s#https://\$host\$request_uri#https://\$host$port\$request_uri#" \
        --expression "s/127\.0\.0\.1:8081/${PURGE_LISTEN:-127.0.0.1:8081}/" \
        --expression "s#/etc/ssl/diptych#$CERTIFICATES#" \
        "$NGINX_FOLDER/nginx.conf"
    sed --in-place \
        --expression "s/server 127\.0\.0\.1:8000/server ${SITE_SERVER:-127.0.0.1:8000}/" \
        --expression "s/server 127\.0\.0\.1:8001/server ${ADMIN_SERVER:-127.0.0.1:8001}/" \
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

# The processes of editors, to which nginx sends /admin/. Readers come first.
serve_admin() {
    become nice -n 5 gunicorn --pythonpath site --bind "${ADMIN_LISTEN:-127.0.0.1:8001}" \
        --workers "${ADMIN_WORKERS:-1}" --threads "${ADMIN_THREADS:-4}" config.wsgi
}

timed() {
    (become sh deploy/timed.sh "$1") || true
}

# Every five minutes what is due, once a day what is old, and on Sundays what is wrong.
keep_time() {
    trap 'exit 0' INT TERM
    yesterday=$(date +%F)
    while true; do
        timed schedules
        if [ "$(date +%F)" != "$yesterday" ]; then
            yesterday=$(date +%F)
            timed nightly
            if [ "$(date +%u)" = 7 ]; then
                timed upkeep
            fi
        fi
        sleep 300 &
        wait $!
    done
}

serve_nginx() {
    exec nginx -g "daemon off;"
}

# Run the named functions; the container ends with the first that does.
serve_together() {
    services=
    for each in "$@"; do
        $each &
        services="$services $!"
    done
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
        serve_together serve_site serve_admin keep_time serve_nginx
        ;;
    site)
        manage prepare
        serve_together serve_site serve_admin
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
        serve_nginx
        ;;
    configure-nginx)
        configure_nginx
        ;;
    *)
        become python manage.py "$@"
        ;;
esac
