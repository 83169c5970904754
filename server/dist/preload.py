"""What is already imported when a worker starts: run once, while the memory snapshot is made.

All of the app that needs no page, and of the rest what is always needed. Not pyodide_http, which looks at the browser
at once.
"""

# ruff: noqa: F401
import asyncio
import base64
import collections
import copy
import csv
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import gc
import gzip
import hashlib
import html
import importlib
import inspect
import io
import ipaddress
import itertools
import json
import logging
import pathlib
import random
import re
import secrets
import sqlite3
import typing
import uuid
import zipfile
import zoneinfo

import annotated_types
import htpy
import markupsafe
import requests
import segno
import typing_extensions
import typing_inspection.introspection

ONLY_IN_BROWSER = ("app.browser", "app.till.main", "app.courier.main")

with zipfile.ZipFile("/lib/app.zip") as archive:
    files = sorted(name for name in archive.namelist() if name.endswith(".pyc"))
for file in files:
    module = file.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
    if not module.startswith(ONLY_IN_BROWSER):
        importlib.import_module(module)
gc.collect()
