"""What is deployed fits the program: settings that it has and takes, images, ports, probes and roles that go together."""

import re
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from apiwright.config import Settings

ROOT = Path(__file__).parents[3]
KUBERNETES = ROOT / "deploy" / "kubernetes"
NAMES = {f"APIWRIGHT_{name.upper()}" for name in Settings.model_fields} | {"APIWRIGHT_CACHE_DIR"}
"""`APIWRIGHT_CACHE_DIR` is no setting of the service: the verifier itself reads where it keeps environments."""
API_VERSIONS = {
    "Deployment": "apps/v1", "PodDisruptionBudget": "policy/v1", "Service": "v1", "Job": "batch/v1", "Ingress": "networking.k8s.io/v1",
    "Namespace": "v1",
}  # fmt: skip


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def objects() -> list[dict[str, Any]]:
    named = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())["resources"]
    return [document for name in named for document in yaml.safe_load_all((KUBERNETES / name).read_text())]


def env_file(name: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in (KUBERNETES / name).read_text().splitlines() if line and not line.startswith("#"))
    return {key: value for key, _, value in pairs}


def pods(kind: str) -> list[dict[str, Any]]:
    return [item["spec"]["template"] for item in objects() if item["kind"] == kind]


@pytest.mark.parametrize("path", ["Dockerfile", "compose.yaml", "deploy/kubernetes/settings.env", "deploy/kubernetes/secrets.env",
                                  "deploy/kubernetes/api.yaml", "deploy/kubernetes/worker.yaml", "docs/operating.md"])  # fmt: skip
def test_every_setting_that_is_named_exists(path: str) -> None:
    named = set(re.findall(r"\bAPIWRIGHT_[A-Z0-9_]+[A-Z0-9]\b", (ROOT / path).read_text()))
    assert named, "it names none"
    assert named <= NAMES | {"APIWRIGHT_TEST_DATABASE_URL"}, named - NAMES


def settings(values: dict[str, str]) -> Settings:
    """The settings that a process finds which is given these variables, and no others."""
    by_name = {key.removeprefix("APIWRIGHT_").lower(): value for key, value in values.items() if key.startswith("APIWRIGHT_")}
    by_name.pop("cache_dir", None)
    return Settings.model_validate(by_name)


def test_the_values_that_compose_gives_are_taken_by_each_role() -> None:
    services = compose()["services"]
    for name in ("api", "worker"):
        given = {
            key: re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}", r"\1", str(value)) for key, value in services[name]["environment"].items()
        }
        made = settings(given | {"APIWRIGHT_SECRET_KEY": "x" * 32})
        assert (made.role, services[name]["deploy"]["replicas"]) == (name, 2)
        assert made.database_url is not None
        assert str(made.database_url.get_secret_value()).startswith("postgresql://")
        assert str(made.storage_url).startswith("s3://")


def test_the_services_of_compose_fit_together() -> None:
    made = compose()
    services = made["services"]
    for name, service in services.items():
        wanted = cast("dict[str, Any] | list[str]", service.get("depends_on", {}))
        assert set(wanted) <= set(services), name
        conditions = cast("dict[str, dict[str, str]]", wanted) if isinstance(wanted, dict) else {}
        for other, how in conditions.items():
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other], f"{name} waits for the health of {other}"
        volumes = {str(volume).split(":", maxsplit=1)[0] for volume in service.get("volumes", [])}
        assert all(volume in made["volumes"] or (ROOT / volume).exists() for volume in volumes), name
        assert "image" in service
    assert int(services["api"]["stop_grace_period"].removesuffix("s")) > settings({}).grace
    port = re.search(r"APIWRIGHT_PORT=(\d+)", (ROOT / "Dockerfile").read_text())
    assert port is not None
    assert f"dynamic a api {port[1]}" in (ROOT / "deploy" / "Caddyfile").read_text()
    assert f"EXPOSE {port[1]}" in (ROOT / "Dockerfile").read_text()


def test_what_kubernetes_is_given_is_taken_and_each_object_is_of_its_kind() -> None:
    given = env_file("settings.env") | env_file("secrets.env")
    for pod, role in zip(pods("Deployment"), ("api", "worker"), strict=True):
        (container,) = pod["spec"]["containers"]
        own = {item["name"]: item["value"] for item in container["env"]}
        assert settings(given | own).role == role
    kinds = {item["kind"]: item["apiVersion"] for item in objects()}
    assert kinds == API_VERSIONS
    names = [(item["kind"], item["metadata"]["name"]) for item in objects()]
    assert len(names) == len(set(names))


def test_pods_are_selected_probed_and_stopped_as_the_program_is_built() -> None:
    grace = settings({}).grace
    generated = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())
    maps = {item["name"] for kind in ("configMapGenerator", "secretGenerator") for item in generated[kind]}
    for item in objects():
        if item["kind"] == "Deployment":
            assert item["spec"]["selector"]["matchLabels"] == item["spec"]["template"]["metadata"]["labels"]
    labels = [pod["metadata"]["labels"] for pod in pods("Deployment")]
    service = next(item for item in objects() if item["kind"] == "Service")
    assert service["spec"]["selector"] in labels
    for pod in pods("Deployment"):
        (container,) = pod["spec"]["containers"]
        assert pod["spec"]["terminationGracePeriodSeconds"] > grace
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
        assert {name: probe["path"] for name, probe in probes.items()} == {
            "startup": "/health/live", "liveness": "/health/live", "readiness": "/health/ready",
        }  # fmt: skip
        assert all(probe["port"] in ports for probe in probes.values())
        mounted = {mount["name"] for mount in container["volumeMounts"]}
        assert mounted == {volume["name"] for volume in pod["spec"]["volumes"]}
    for pod in [*pods("Deployment"), *pods("Job")]:
        container = cast("dict[str, Any]", pod["spec"]["containers"][0])
        assert {next(iter(source.values()))["name"] for source in container["envFrom"]} == maps
        assert container["image"] in {image["name"] for image in generated["images"]}


def test_a_value_that_no_setting_takes_is_found() -> None:
    with pytest.raises(ValueError, match="role"):
        settings({"APIWRIGHT_ROLE": "server"})
