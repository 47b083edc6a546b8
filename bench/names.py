"""Made-up names of a large company, in several scripts; the same ones each time."""

import random
from collections.abc import Iterator

_GIVEN = """
    Anna Maria Thomas Michael Jürgen Łukasz Zoë José Søren Ayşe Øyvind Márton Chloé Tomoko Jan
    Mehmet Björn Elif Ágnes Piotr Małgorzata Katarzyna Jiří Åsa Amara Kofi Priya Wei Sofía Lucía
    Νίκος Ελένη Γιώργος Иван Ольга Сергей Fatima Omar Ingrid Lars Heike Uwe Günther Renée Noël
"""
_ROOTS = """
    Schmid Müll Mey Wagn Beck Hoff Schäf Koch Bau Richt Klein Wolf Schröd Neum Schwarz Zimm Brau
    Krüg Hart Lang Werk Krau Lehm Köhl Herm König Walt Huber Kais Fuchs Lang Weiß Jung Hahn Schub
    Vog Friedr Kell Günth Frank Berg Winkl Roth Beckm Lor Ludw Bött Kowal Nowak Wiśniew Wójc Kamiń
    Lewand Ziel Szym Woźn Dąbr Kozł Jankow Johns Willi Brown Tay Dav Wils Evan Thom Rob Walk Wright
    Yılm Kay Demir Şah Çel Yıld Özt Παπαδ Γεωργ Δημητρ Иван Петр Смирн Кузн
"""
_ENDINGS = """
    er mann t e l ske czyk ow ner ke ing ard ert son s ton ley ström berg sen ez i a u os ou
"""
_KANJI = "田中山本佐藤鈴木高橋伊渡辺小林加吉松井上村清水石川"


def names(count: int, seed: int = 7) -> Iterator[str]:
    """Made-up names, the same ones each time; common ones are as common as in life."""
    chance = random.Random(seed)
    roots, endings = _ROOTS.split(), _ENDINGS.split()
    given = sorted(_GIVEN.split(), key=lambda _: chance.random())
    for _ in range(count):
        if chance.random() < 0.02:
            yield "".join(chance.choice(_KANJI) for _ in range(chance.randint(3, 4)))
            continue
        first = given[min(int(chance.expovariate(0.09)), len(given) - 1)]
        last = chance.choice(roots) + chance.choice(endings)
        if chance.random() < 0.3:
            last += chance.choice(endings)
        if chance.random() < 0.08:
            last += f"-{chance.choice(roots)}{chance.choice(endings)}"
        yield f"{first} {last}"
