"""HTTPS with a certificate of one's own, and honest words without one."""

import ipaddress
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from e2e.house import house
from e2e.serving import Server

from widgets.server.encryption import CertificateError, context, warning


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A certificate for this machine, and its key in another file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "training")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
    return folder / "cert.pem", folder / "key.pem"


def test_a_room_over_https(files, monkeypatch):
    certificate, key = files
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    options = ("--certificate", str(certificate), "--certificate-key", str(key))
    with house(*options) as served:
        code = Server(served.url, served.folder / "data").session("self-study")
        with httpx.Client(base_url=served.url) as phone:
            reply = phone.post(f"/join/{code}", data={"counting": "no"})
            cookies = reply.headers.get_list("Set-Cookie")
            own = next(one for one in cookies if one.startswith("workbook="))
            assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(own.split("; "))
            assert phone.get("/nl/opening").status_code == 200
        with pytest.raises(httpx.TransportError):
            httpx.get(served.url.replace("https", "http"))
        assert f"{served.url}/trainer" in served.log
        assert "Not encrypted" not in served.log


def test_nothing_asked_is_nothing_encrypted():
    assert context(None, None) is None


def test_what_is_wrong_with_a_certificate_is_said(files, tmp_path):
    certificate, key = files
    for given, said in [
        ((None, key), "needs --certificate"),
        ((tmp_path / "no.pem", None), "no.pem: there is no such file"),
        ((certificate, tmp_path / "none.key"), "none.key: there is no such file"),
        ((certificate, None), "give the key with --certificate-key"),
        ((key, certificate), "no certificate in PEM"),
    ]:
        with pytest.raises(CertificateError, match=said):
            context(*given)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://training.example", ""),
        ("http://127.0.0.1:8866", ""),
        ("http://[::1]:8866", ""),
        ("http://localhost:8866", ""),
        ("http://192.168.1.20:8866", "on the same network"),
        ("http://laptop.local:8866", "on the same network"),
        ("http://93.184.216.34", "FROM OUTSIDE"),
        ("http://training.example/a", "FROM OUTSIDE"),
    ],
)
def test_who_can_read_along_is_said(address, said):
    assert said in warning(address)
    assert bool(said) == bool(warning(address))
