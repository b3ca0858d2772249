"""What GeoNames' feature codes mean to Dateline: the kind of place that each stands for.

GeoNames sorts places into nine classes (A, H, L, P, R, S, T, U, V) and some 680 codes; geonames.org/export/codes.html
lists them. A code that stands not here is that of a site: a building, a road, a mine, an airport, an orchard.
"""

from __future__ import annotations

from functools import cache

COUNTRIES = frozenset({"PCL", "PCLD", "PCLF", "PCLH", "PCLI", "PCLIX", "PCLS", "TERR"})

AREA = "CONT RGN RGNE RGNH RGNL VAL VALG VALS VALX DLTA PEN PENX COLF CST ECON LEV OAS PPLQR"
WATER = (
    "AIRS ANCH BAY BAYS BGHT BNK BNKR BNKX BOG CAPG CHN CHNL CHNM CHNN CNFL CNL CNLA CNLB CNLD CNLI CNLN CNLQ CNLSB"
    " CNLX COVE CRKT CRNT CUTF DCK DCKB DOMG DPRG DTCH DTCHD DTCHI DTCHM ESTY FISH FJD FJDS FLLS FLLSX FLTM FLTT GLCR"
    " GULF GYSR HBR HBRX INLT INLTQ LBED LGN LGNS LGNX LK LKC LKI LKN LKNI LKO LKOI LKS LKSB LKSC LKSI LKSN LKSNI LKX"
    " MFGN MGV MOOR MRSH MRSHN NRWS OCN OVF PND PNDI PNDN PNDNI PNDS PNDSF PNDSI PNDSN POOL POOLI RCH RDGG RDST RF RFC"
    " RFX RPDS RSV RSVI RSVT RVN SBKH SD SEA SILL SPNG SPNS SPNT STM STMA STMB STMC STMD STMH STMI STMIX STMM"
    " STMQ STMS STMSB STMX STRT SWMP SYSI TNLC WAD WADB WADJ WADM WADS WADX WEIR WHRL WLL WLLQ WLLS WTLD WTLDI WTRC"
    " WTRH"
    # of the sea's floor:
    " APNU ARCU ARRU BDLU BKSU BNKU BSNU CDAU CNSU CNYU CRSU DEPU EDGU ESCU FANU FLTU FRZU FURU GAPU GLYU HLLU HLSU"
    " HOLU KNLU KNSU LDGU LEVU MDVU MESU MNDU MOTU MTU PKSU PKU PLNU PLTU PNLU PRVU RDGU RDSU RFSU RFU RISU SCNU SCSU"
    " SDLU SHFU SHLU SHSU SHVU SILU SLPU SMSU SMU SPRU TERU TMSU TMTU TNGU TRGU TRNU VALU VLSU"
)
LAND = (
    "ASPH ATOL BAR BCH BCHS BDLD BLDR BLHL BLOW BNCH BUTE CAPE CFT CLDA CLF CNYN CONE CRDR CRQ CRQS CRTR CUET DPR"
    " DSRT DUNE DVD ERG FAN FORD FRST FRSTF FSR GAP GRGE HDLD HLL HLLS HMCK HMDA INTF ISL ISLET ISLF ISLM ISLN ISLS"
    " ISLT ISLX ISTH KRST LAVA MESA MND MRN MT MTS NKM NTK NTKS PAN PANS PASS PK PKS PLAT PLATX PLDR PLN PLNX PROM PT"
    " PTS RDGB RDGE REG RK RKFL RKS SAND SBED SCRP SDL SHOL SHOR SINK SLID SLP SPIT SPUR TAL TRGD TRR UPLD VLC"
    " BUSH GRSLD HTH MDW SCRB TUND"
)
CLASSES = {
    "A": "ADMD", "H": "STM", "L": "RGN", "P": "PPL", "R": "RD", "S": "BLDG", "T": "MT", "U": "SEA", "V": "FRST",
}  # fmt: skip
"""The code that stands for a place of which GeoNames tells the class and no more."""

_KINDS = {
    **dict.fromkeys(AREA.split(), "area"),
    **dict.fromkeys(WATER.split(), "water"),
    **dict.fromkeys(LAND.split(), "land"),
}


@cache
def kind_of(feature: str) -> str:
    """The kind of place that a code stands for: country, region, district, town, area, water, land or site.

    >>> kind_of("PCLI"), kind_of("ADM1H"), kind_of("ADM3"), kind_of("PPLA"), kind_of("STRT"), kind_of("AIRP")
    ('country', 'region', 'district', 'town', 'water', 'site')
    >>> kind_of("VALG"), kind_of("SMU"), kind_of("SBED"), kind_of("PRSH"), kind_of("ADMF")
    ('area', 'water', 'land', 'district', 'site')
    """
    if feature in COUNTRIES:
        return "country"
    if feature == "PRSH" or (feature.startswith("ADM") and feature != "ADMF"):  # the last is a building
        return "region" if feature.startswith("ADM1") else "district"
    if feature.startswith("PPL") or feature == "STLMT":
        return "town"
    return _KINDS.get(feature, "site")
