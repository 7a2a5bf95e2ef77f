"""What is shipped for containers and Kubernetes: sound, closed, and of one piece."""

import json
import re
import shlex
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from e2e.serving import ROOT

from widgets.cli import parser
from widgets.server.keys import SHORTEST

DEPLOY = ROOT / "deploy"
FILES = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
NEWEST = kubernetes_validate.latest_version()
KUSTOMIZATION = DEPLOY / "kubernetes" / "kustomization.yaml"
NAME = {"app.kubernetes.io/name": "workbook"}


def read(path: Path) -> dict:
    return yaml.safe_load(path.read_text("utf-8"))


MANIFESTS = {path.stem: read(path) for path in FILES if path != KUSTOMIZATION}
POD = MANIFESTS["deployment"]["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]


@pytest.mark.parametrize("name", sorted(MANIFESTS))
def test_a_manifest_is_what_the_current_release_understands(name):
    kubernetes_validate.validate(MANIFESTS[name], NEWEST, strict=True)


def test_a_manifest_that_is_wrong_is_found():
    wrong = MANIFESTS["service"] | {"spec": {"prots": []}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, NEWEST, strict=True)


def test_kustomize_takes_every_file_and_the_examples_are_of_what_it_generates():
    told = read(KUSTOMIZATION)
    assert sorted(told["resources"]) == sorted(f"{name}.yaml" for name in MANIFESTS)
    (secret,) = told["secretGenerator"]
    assert secret == {"name": "workbook", "files": ["secrets.json", "database"]}
    example = json.loads(
        (DEPLOY / "kubernetes/secrets.example.json").read_text("utf-8")
    )
    assert set(example) == {"trainer_key", "cookie_secret"}
    assert str(2 * SHORTEST) in example["cookie_secret"]
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {f"deploy/kubernetes/{name}" for name in secret["files"]} <= set(ignored)


def test_everything_speaks_of_the_same_pods():
    spec = MANIFESTS["deployment"]["spec"]
    assert spec["selector"]["matchLabels"] == NAME
    assert spec["template"]["metadata"]["labels"] == NAME
    assert MANIFESTS["service"]["spec"]["selector"] == NAME
    assert MANIFESTS["disruption"]["spec"]["selector"]["matchLabels"] == NAME
    assert MANIFESTS["network"]["spec"]["podSelector"]["matchLabels"] == NAME
    target = MANIFESTS["autoscaler"]["spec"]["scaleTargetRef"]
    assert target["name"] == MANIFESTS["deployment"]["metadata"]["name"]


def test_a_replica_may_do_no_more_than_it_needs():
    own = CONTAINER["securityContext"]
    assert own["readOnlyRootFilesystem"] is True
    assert own["allowPrivilegeEscalation"] is False
    assert own["capabilities"] == {"drop": ["ALL"]}
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["automountServiceAccountToken"] is False
    written = {one["mountPath"] for one in CONTAINER["volumeMounts"]}
    assert written == {"/etc/workbook", "/data", "/tmp"}


def test_the_command_line_knows_what_the_manifest_asks():
    asked = parser().parse_args(["serve", *CONTAINER["args"]])
    assert asked.proxy
    assert asked.drain > 0
    host = MANIFESTS["ingress"]["spec"]["rules"][0]["host"]
    assert asked.base_url == f"https://{host}/"


def test_a_replica_has_time_to_let_its_pages_go():
    drain = parser().parse_args(["serve", *CONTAINER["args"]]).drain
    pause = CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"]
    # Kernels and what waits to be written get ten seconds more at most.
    assert POD["terminationGracePeriodSeconds"] >= pause + drain + 15
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == "/healthz"
    assert CONTAINER["livenessProbe"]["httpGet"]["path"] == "/livez"


def test_the_container_file_copies_what_is_there_and_runs_as_nobody():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--)(.+)$", text, re.MULTILINE)
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for source in (one for line in copied for one in shlex.split(line)[:-1]):
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed, source
    *_, entry = re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE)
    assert parser().parse_args(json.loads(entry)[1:]).data_dir == Path("/data")
    user = re.findall(r"^USER (\d+):(\d+)$", text, re.MULTILINE)
    assert user == [(str(POD["securityContext"]["runAsUser"]),) * 2]


def test_nothing_is_fetched_unchecked_into_the_container():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    installs = re.findall(r"pip install [^\n\\]+", text)
    assert installs
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
