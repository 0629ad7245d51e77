#!/bin/sh
# Maven Central -> .cache/verapdf/: veraPDF, the reference checker of PDF/A and PDF/UA. "./build.py inspect" uses it.
#
# Needs java (from 11 on) and mvn. Maven checks what it fetches against the checksums of its repository. The folder
# appears whole or not at all, so two runs at once do no harm.
set -eu
cd "$(dirname "$0")/.."

VERSION=1.28.2
TARGET=.cache/verapdf

for tool in java mvn; do
    command -v "$tool" >/dev/null || { echo "veraPDF: $tool fehlt." >&2; exit 2; }
done
[ -f "$TARGET/greenfield-apps-$VERSION.jar" ] && exit 0

mkdir -p .cache
work=$(mktemp -d .cache/verapdf.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>verapdf</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.verapdf.apps</groupId><artifactId>greenfield-apps</artifactId><version>$VERSION</version>
  </dependency></dependencies>
</project>
POM
echo "veraPDF $VERSION wird von Maven Central geholt …" >&2
mvn --batch-mode --quiet --file "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory=jars >"$work/log" 2>&1 || {
    echo 'veraPDF: Maven Central ist nicht zu erreichen oder liefert nicht:' >&2
    grep ERROR "$work/log" | head -n 3 >&2 || tail -n 3 "$work/log" >&2
    exit 1
}
rm -rf "$TARGET"
mv "$work/jars" "$TARGET" 2>/dev/null || [ -f "$TARGET/greenfield-apps-$VERSION.jar" ]
echo "veraPDF $VERSION liegt bereit." >&2
