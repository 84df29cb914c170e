"""Runs a cell in a kernel of a Jupyter server, as JupyterLab does, and prints the HTML that it displays last.

usage: run_cell.py ADDRESS TOKEN CODE      ADDRESS: ws://…/api/kernels/ID/channels
"""

import json
import sys
import uuid

import websocket

address, token, code = sys.argv[1:]
socket = websocket.create_connection(address, header=[f"Authorization: token {token}"], timeout=120)
own = uuid.uuid4().hex
header = {"msg_id": own, "msg_type": "execute_request", "session": own, "username": "", "version": "5.3"}
content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
socket.send(
    json.dumps({"header": header, "content": content, "parent_header": {}, "metadata": {}, "channel": "shell"})
)
html, told = "", ""
while True:
    message = json.loads(socket.recv())
    if message["parent_header"].get("msg_id") != own:
        continue
    content = message["content"]
    html = content.get("data", {}).get("text/html", html)
    told += content.get("text", content.get("evalue", ""))
    if message["msg_type"] == "execute_reply":
        break
if content["status"] != "ok" or not html:
    sys.exit(f"The cell has shown nothing: {told}")
print(html)
