#!/bin/sh
# Makes the certificates again: a root, a server's and a client's it signed, and a server's that nobody signed.
set -eu
cd "$(dirname "$0")"
new() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1.key"; }
new root && openssl req -x509 -new -key root.key -subj "/CN=ferrule test root" -days 36500 -out root.pem \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"
sign() {
  openssl req -new -key "$1.key" -subj "/CN=$1" | openssl x509 -req -CA root.pem -CAkey root.key -CAcreateserial \
    -days "$3" -extfile "$1.ext" -out "$1.pem"
  rm "$1.ext"
}
new server
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' > server.ext
sign server ext 36500
new client
printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth\n' > client.ext
sign client ext 36500
new stranger && openssl req -x509 -new -key stranger.key -subj "/CN=localhost" -days 36500 -out stranger.pem \
  -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -addext "basicConstraints=CA:FALSE"
rm -f root.key root.srl
