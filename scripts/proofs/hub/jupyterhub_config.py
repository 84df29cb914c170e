"""A hub for the proof: no passwords, no containers, two users. Read from HUB_…, which hub.js sets."""

import os

c = get_config()  # noqa: F821, JupyterHub gives it
folder = os.environ["HUB_FOLDER"]

c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['HUB_PORT']}"
c.JupyterHub.hub_port = int(os.environ["HUB_OWN_PORT"])
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['HUB_PROXY_PORT']}"
c.ConfigurableHTTPProxy.command = [os.environ["HUB_NODE"], os.environ["HUB_PROXY"]]
c.JupyterHub.db_url = f"sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{folder}/{{username}}"
c.Spawner.cmd = [os.environ["HUB_PYTHON"], "-m", "jupyterhub.singleuser", "--allow-root"]
c.Spawner.environment = {"PYTHONPATH": os.environ["PYTHONPATH"]}
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
# bob's JupyterLab shows the project itself, everybody else's the own home.
c.Spawner.pre_spawn_hook = lambda spawner: setattr(
    spawner, "notebook_dir", os.environ["HUB_PROJECT"] if spawner.user.name == "bob" else ""
)
c.JupyterHub.services = [{"name": "proof", "api_token": os.environ["HUB_TOKEN"]}]
c.JupyterHub.load_roles = [
    {"name": "proof", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["proof"]}
]
