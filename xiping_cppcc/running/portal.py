"""The course of `make run`, from an empty folder to the address and back to silence."""

import io
import shutil
import signal
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from xiping_cppcc.embedded.folders import unwritable
from xiping_cppcc.embedded.refusal import CannotStart
from xiping_cppcc.running import children, preparation, readiness
from xiping_cppcc.running.record import Record

READY_SECONDS = 120
FREE_MEGABYTES = 300


class Stop(BaseException):  # no rule that catches every Exception may swallow it
    """Ctrl-C, `make stop`, or the end of the terminal."""


def run(port: int, say: preparation.Say) -> None:
    """Returns when stopped; raises CannotStart with a sentence for the operator."""
    record = _claim(say)
    if record is None:
        return
    record.end_leftovers()
    readiness.refuse_taken_port(port)
    family: list[children.Child] = []
    try:
        _stop_on_signals()
        _write(record, family, port)  # before the first child: `make stop` must find us from now on
        _prepare(say)
        family += [children.web(port), children.worker()]
        _start(family, record, port)
        log_ins = _demo_log_ins()
        _wait_until_ready(family, port)
        _announce(port, log_ins, say)
        _watch(family, record, port, say)
    except Stop:
        say("正在停止……")
    except OSError as error:
        raise CannotStart(unwritable(Path(error.filename or settings.PORTAL_DATA), error)) from error
    finally:
        _stop(family, record)
    say("已停止。再次启动：make run")


def _claim(say: preparation.Say) -> Record | None:
    """The record of this data folder; None when another supervisor already serves it."""
    record = Record(settings.RUN_FOLDER)
    try:
        claimed = record.claim()
    except OSError as error:
        raise CannotStart(unwritable(settings.PORTAL_DATA, error)) from error
    if not claimed:
        say(f"门户已经在运行：{record.read().get('address', '正在启动')}。停止请执行 make stop。")
        return None
    return record


def _stop_on_signals() -> None:
    def stop(*_):
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        raise Stop

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, stop)


def _prepare(say: preparation.Say) -> None:
    free = shutil.disk_usage(settings.RUN_FOLDER).free // 2**20
    if free < FREE_MEGABYTES:
        raise CannotStart(
            f"磁盘只剩 {free} MB，至少需要 {FREE_MEGABYTES} MB。请清理磁盘，或用 PORTAL_DATA 换一个目录。"
        )
    say("正在启动数据库和 Redis……")
    preparation.start_servers()
    preparation.migrate(say)
    preparation.fill(say)
    preparation.collect_static(say)
    preparation.forget_worker()
    call_command("check", stdout=io.StringIO())


def _start(family: list[children.Child], record: Record, port: int) -> None:
    for child in family:
        child.start()
    _write(record, family, port)


def _write(record: Record, family: list[children.Child], port: int) -> None:
    record.write(_address(port), [child.process.pid for child in family])


def _address(port: int) -> str:
    return settings.PORTAL_URL or f"http://{readiness.own_host()}:{port}/"


def _wait_until_ready(family: list[children.Child], port: int) -> None:
    give_up = time.monotonic() + READY_SECONDS
    status, answer = readiness.ask(port)
    while status != 200:
        for child in family:
            if not child.is_alive():
                raise CannotStart(f"{child.title}没有启动，原因见日志 {child.log}。")
        if time.monotonic() > give_up:
            missing = readiness.what_is_missing(status, answer)
            raise CannotStart(f"门户两分钟内没有就绪：{missing}。日志在 {settings.LOG_FOLDER}。")
        time.sleep(0.1)
        status, answer = readiness.ask(port)


def _demo_log_ins() -> str:
    """A table of log-ins, one for each role; asked for while the children start."""
    if not settings.EMBEDDED_POSTGRES:
        return ""
    table = io.StringIO()
    call_command("demo_logins", stdout=table)
    return table.getvalue()


def _announce(port: int, log_ins: str, say: preparation.Say) -> None:
    say(f"\n门户已就绪：{_address(port)}\n{readiness.for_other_computers(port)}{log_ins}")
    say(f"日志：{settings.LOG_FOLDER}　停止：按 Ctrl-C，或在另一个窗口执行 make stop")


def _watch(family: list[children.Child], record: Record, port: int, say: preparation.Say) -> None:
    """Until stopped. What dies is started again, unless it keeps dying."""
    while True:
        time.sleep(1)
        preparation.keep_servers()
        for child in family:
            if child.is_alive():
                continue
            if not child.restart():
                raise CannotStart(f"{child.title}反复退出，门户已停止。原因见日志 {child.log}。")
            say(f"{child.title}意外退出，已重新启动（日志 {child.log}）。")
            _write(record, family, port)


def _stop(family: list[children.Child], record: Record) -> None:
    for child in family:
        child.ask_to_stop()
    for child in family:
        child.wait_or_kill()
    preparation.stop_servers()
    record.erase()
