from django.core.management.base import BaseCommand, CommandError

from portal.search.expressions import is_intact
from portal.search.indexing import is_outdated, rebuild

SHOWN = 20


class Command(BaseCommand):
    help = "Makes the index entries agree with the items, while the portal runs; nobody has to wait for it."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, fail where index and items differ")
        parser.add_argument("--if-outdated", action="store_true", help="only if an older portal wrote the entries")

    def handle(self, *, check, if_outdated, **options):
        if if_outdated and not is_outdated():
            return
        intact = is_intact()
        found = rebuild(self._progress, write=not check)
        rows = {"missing": found.missing, "differing": found.differing, "left over": found.left_over}
        for name, keys in rows.items():
            for key in keys[:SHOWN] if check else []:
                self.stdout.write(f"{name}: {'/'.join(map(str, key))}")
        counts = ", ".join(f"{len(keys)} {name}" for name, keys in rows.items())
        if not check:
            self.stdout.write(f"Mended: {counts}.")
        elif found or not intact:
            raise CommandError(f"{counts}{'' if intact else ', the full-text table is damaged'}.")
        else:
            self.stdout.write("Index and items agree.")

    def _progress(self, done, whole):
        if done == whole or done % 1000 == 0:
            self.stdout.write(f"{done} of {whole} items ({100 * done // whole} %)")
