"""A timestamp authority's word in the seal: asked over HTTP, as RFC 3161 says, and looked at afterwards."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from holdspace.kit.pdf import certificate, examining, sealing
from holdspace.kit.pdf.blocks import Paragraph
from holdspace.kit.pdf.paper import drawn

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


def an_authority() -> DummyTimeStamper:
    """An authority with a key and a certificate for nothing but telling the time."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "An authority")])
    made = (
        certificates.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=365))
        .add_extension(certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        tsa_cert=x509.Certificate.load(made.public_bytes(serialization.Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(private),
        fixed_dt=AT,
    )


@pytest.fixture
def authority() -> Iterator[str]:
    """Its address on this machine."""
    clock = an_authority()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quietly."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def seal() -> certificate.Seal:
    return certificate.read(certificate.new_seal("Ours", at=AT))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return drawn([Paragraph("x")], title="A form", foot="Paper 1", language="en", at=AT)


def test_the_authoritys_word_is_in_the_seal(authority: str, seal: certificate.Seal, pdf: bytes) -> None:
    seen = examining.examine(sealing.sealed(pdf, seal, reason="A test", timestamp_url=authority))

    assert seen.intact
    assert seen.attested_at == AT


def test_a_word_about_another_seal_is_named(authority: str, seal: certificate.Seal, pdf: bytes) -> None:
    """The token of one file, carried over into another."""
    first, second = (sealing.sealed(pdf, seal, reason=why, timestamp_url=authority) for why in ("one", "two"))

    seen = examining.examine(with_token_of(second, first))

    assert examining.CLOCK in seen.damage


def with_token_of(file: bytes, other: bytes) -> bytes:
    """`file` with the authority's token of `other`; both are of one length."""
    mine, theirs = (token_in(one) for one in (file, other))
    assert len(mine) == len(theirs)
    return file.replace(mine.hex().upper().encode(), theirs.hex().upper().encode())


def token_in(file: bytes) -> bytes:
    found = examining.RANGE.search(file)
    assert found
    mark = examining._cut(file, *map(int, found.groups())).mark
    (signer,) = examining._signed_data(mark)["signer_infos"]
    token: bytes = signer["unsigned_attrs"][0]["values"][0].dump()
    return token


def test_an_authority_that_doesnt_answer_is_an_error_and_no_paper_without_its_word(
    seal: certificate.Seal, pdf: bytes
) -> None:
    with pytest.raises(TimestampRequestError):
        sealing.sealed(pdf, seal, reason="A test", timestamp_url="http://127.0.0.1:9/")
