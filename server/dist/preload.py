"""What is already imported when a worker starts: run once, while the memory snapshot is made.

Only pure Python: a snapshot cannot hold compiled packages. Not pyodide_http, which looks at the browser at once.
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
import gzip
import hashlib
import html
import importlib.util
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
import bundled  # type: ignore[import-not-found]  # it lies beside the packages there
import htpy
import markupsafe
import requests
import segno
import typing_extensions
import typing_inspection.introspection
