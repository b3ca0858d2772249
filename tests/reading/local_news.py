"""Reports as local papers print them, made up, with the places that each name stands for: [name|latitude,longitude].

Each has the publisher that its page would tell, or None. What is tried: towns that share their name with larger ones
elsewhere, told apart by their neighbours, their county, the state after a comma or in a dateline, or the paper's home.
"""

from __future__ import annotations

import re

from dateline.model import Place, Span

NAME = re.compile(r"\[([^|\]]+)\|([-\d.]+),([-\d.]+)\]")
NEAR_KM = 161.0


def unpack(told: str) -> tuple[str, list[tuple[Span, Place]]]:
    """The text of a case, and its names with the points that they stand for."""
    text, gold, at = "", [], 0
    for match in NAME.finditer(told):
        text += told[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        gold.append((span, Place("", match[1], None, "", float(match[2]), float(match[3]))))
        text, at = text + match[1], match.end()
    return text + told[at:], gold


CASES: tuple[tuple[str | None, str], ...] = (
    (
        "Alexandria Town Talk",
        "ALEXANDRIA, La. (AP) — A [Pineville|31.32,-92.43] man was arrested Tuesday after a chase through "
        "[Rapides Parish|31.2,-92.5] that ended near [Ball|31.41,-92.41]. Deputies from [Grant "
        "Parish|31.6,-92.56] helped. The suspect, who once lived in [Monroe|32.51,-92.12], was booked into "
        "jail. He is wanted in [Natchitoches|31.76,-93.09] and [Winnfield|31.93,-92.64] as well. ",
    ),
    (
        "Paris News",
        "[Paris|33.66,-95.56] residents voted Saturday on a school bond. Officials in [Lamar "
        "County|33.67,-95.57] said turnout was high. [Reno|33.66,-95.46] and [Blossom|33.66,-95.39] voters "
        "also elected council members. Tax collections in [Bonham|33.58,-96.18] and "
        "[Clarksville|33.61,-95.05] rose last year. ",
    ),
    (
        None,
        "A crash on Interstate 70 near [Columbia|38.95,-92.33] killed two people Monday, the Missouri State "
        "Highway Patrol said. The victims were from [Fulton|38.85,-91.95] and [Mexico|39.17,-91.88]. They "
        "were flown to a hospital in [Jefferson City|38.58,-92.17]. The road was closed to [Kingdom "
        "City|38.95,-91.93] for hours. Traffic was sent through [Ashland|38.77,-92.26]. ",
    ),
    (
        "Lancaster Intelligencer Journal",
        "Firefighters from [Lititz|40.16,-76.31] and [Manheim|40.16,-76.4] battled a blaze at a barn in [Penn "
        "Township|40.18,-76.37] on Friday. Crews from [Lebanon|40.34,-76.41] and [York|39.96,-76.73] were "
        "called to help. No one was hurt, [Lancaster County|40.04,-76.25] officials said. ",
    ),
    (
        None,
        "The city council of [Athens|33.96,-83.38] voted to widen the loop. Residents of "
        "[Watkinsville|33.86,-83.41], [Winder|33.99,-83.72] and [Commerce|34.2,-83.46] commute there daily. "
        "[Clarke County|33.95,-83.37] commissioners will meet Thursday. The state of Georgia pays half. ",
    ),
    (
        "Springfield News-Sun",
        "[Springfield|39.92,-83.81] police are looking for a man who robbed a bank on North Limestone Street. "
        "He fled toward [Urbana|40.11,-83.75]. The same man may have robbed a store in [London|39.89,-83.45] "
        "and one in [Xenia|39.68,-83.93] last week. [Clark County|39.92,-83.78] deputies found his car in "
        "[Enon|39.88,-83.94]. ",
    ),
    (
        "Burlington Free Press",
        "[Winooski|44.49,-73.19] and [Essex|44.51,-73.06] will share a fire chief. The plan was approved in "
        "[Montpelier|44.26,-72.58] on Wednesday. [Colchester|44.54,-73.15] and [Milton|44.64,-73.11] declined "
        "to join. A study by a firm in [Plattsburgh|44.7,-73.45], [N.Y.|43.0,-75.5], estimated savings. "
        "[Burlington|44.48,-73.21] is watching. ",
    ),
    (
        "Manchester Evening News",
        "Police were called to a house in [Salford|53.49,-2.29] on Sunday. A man from [Bury|53.59,-2.3] and a "
        "woman from [Bolton|53.58,-2.43] were held. Officers in [Rochdale|53.61,-2.16] and "
        "[Oldham|53.54,-2.12] made further arrests. The two will appear in court in [Manchester|53.48,-2.24]. ",
    ),
    (
        None,
        "LONDON, Ont. — Police in [London|42.98,-81.25] are searching for a missing girl from "
        "[Woodstock|43.13,-80.75]. She was last seen in [Stratford|43.37,-80.98]. Volunteers from [St. "
        "Thomas|42.78,-81.19], [Ingersoll|43.04,-80.88] and [Cambridge|43.37,-80.31] joined the search. ",
    ),
    (
        "The Daily Progress",
        "[Charlottesville|38.03,-78.48] schools will open late. In [Albemarle County|38.02,-78.56] and "
        "[Greene County|38.3,-78.47], buses will not run. Schools in [Orange|38.25,-78.11], "
        "[Madison|38.38,-78.26] and [Louisa|38.03,-78.0] are closed. [Staunton|38.15,-79.07] and "
        "[Waynesboro|38.07,-78.89] plan to open on time. ",
    ),
    (
        None,
        "The Wichita Falls man was convicted Thursday of shooting his neighbor in [Burkburnett|34.1,-98.57]. "
        "A jury in [Archer City|33.6,-98.63] heard the case. He had fled to [Lawton|34.61,-98.39], "
        "[Okla.|35.5,-97.5], and then to [Henrietta|33.82,-98.2]. Prosecutors from [Wichita "
        "County|33.99,-98.7] sought life. ",
    ),
    (
        "The Herald-Dispatch",
        "The Marshall University student from [Barboursville|38.41,-82.29] won the prize. She grew up in "
        "[Milton|38.43,-82.13] and went to school in [Hurricane|38.43,-82.02]. Her parents live in "
        "[Ashland|38.48,-82.64], [Ky.|37.5,-85.3] Judges from [Charleston|38.35,-81.63], "
        "[Proctorville|38.44,-82.38] and [Ironton|38.54,-82.68] chose her. ",
    ),
    (
        "Bangor Daily News",
        "A [Brewer|44.8,-68.76] man died when his snowmobile broke through ice on a lake near "
        "[Lincoln|45.36,-68.5] on Saturday. Rescuers from [Millinocket|45.66,-68.71] and [Medway|45.6,-68.53] "
        "could not reach him. He worked in [Bangor|44.8,-68.78]. Friends gathered in [Orono|44.88,-68.67] and "
        "[Hampden|44.74,-68.84]. ",
    ),
    (
        "The Hindu",
        "The Collector visited relief camps in [Thanjavur|10.79,79.14] and [Kumbakonam|10.96,79.39] on "
        "Friday. Water from [Mettur|11.79,77.8] was released. Farmers in [Tiruvarur|10.77,79.64], "
        "[Nagapattinam|10.77,79.84] and [Mannargudi|10.67,79.45] had protested. Officials in "
        "[Salem|11.65,78.16] said levels were low. ",
    ),
    (
        "Townsville Bulletin",
        "Two men from [Ayr|-19.57,147.41] were rescued off [Bowen|-20.01,148.25] on Monday. The boat had left "
        "[Townsville|-19.26,146.82] for [Cairns|-16.92,145.77]. A helicopter from [Mackay|-21.15,149.19] "
        "found them. One is from [Ingham|-18.65,146.16], police in [Queensland|-22.5,144.0] said. ",
    ),
    (
        None,
        "The fire that began near [Redding|40.59,-122.39] has burned homes in [Shasta Lake|40.68,-122.37] and "
        "[Anderson|40.45,-122.3]. Evacuees went to [Red Bluff|40.18,-122.24] and [Chico|39.73,-121.84]. Crews "
        "from [Yreka|41.74,-122.63] and [Weaverville|40.73,-122.94] are on the line. Winds in [Shasta "
        "County|40.76,-122.04] will ease, Cal Fire said. ",
    ),
    (
        "Florence Times Daily",
        "[Florence|34.8,-87.68] and [Muscle Shoals|34.74,-87.67] officials met about a bridge. "
        "[Sheffield|34.77,-87.7] and [Tuscumbia|34.73,-87.7] have agreed to pay. [Lauderdale "
        "County|34.9,-87.65] and [Colbert County|34.7,-87.8] will decide in May. The road leads to "
        "[Athens|34.8,-86.97], [Decatur|34.61,-86.98] and [Rogersville|34.83,-87.3]. ",
    ),
    (
        "Jackson Sun",
        "Storms knocked out power in [Jackson|35.61,-88.81], [Humboldt|35.82,-88.92] and [Milan|35.92,-88.76] "
        "on Sunday. A tornado touched down near [Medina|35.8,-88.78] in [Gibson County|35.99,-88.93]. Trees "
        "fell in [Henderson|35.44,-88.64] and [Lexington|35.65,-88.39]. The National Weather Service in "
        "Memphis sent a team. ",
    ),
    (
        None,
        "RICHMOND, Ind. — [Wayne County|39.86,-85.01] commissioners on Wednesday approved a jail. Inmates are "
        "now sent to [Connersville|39.64,-85.14] and [Greenville|40.1,-84.63], [Ohio|40.3,-82.8]. "
        "[Richmond|39.83,-84.89] Mayor Sally Hutton said [Cambridge City|39.81,-85.17] and "
        "[Hagerstown|39.91,-85.16] would gain. [Centerville|39.82,-84.99] is against. ",
    ),
    (
        "Kilkenny People",
        "A farmer from [Callan|52.54,-7.39] was fined in [Kilkenny|52.65,-7.25] District Court. Gardaí in "
        "[Thomastown|52.53,-7.14] found cattle from [Clonmel|52.35,-7.7] and [Carlow|52.84,-6.93]. He had "
        "bought them in [New Ross|52.4,-6.94] and [Waterford|52.26,-7.11]. ",
    ),
    (
        None,
        "A woman from Moscow was named head of the [Latah County|46.8,-116.7] library. She taught in "
        "[Pullman|46.73,-117.18] and [Lewiston|46.42,-117.02]. The [Idaho|44.3,-114.6] native also lived in "
        "[Troy|46.74,-116.77], [Potlatch|46.92,-116.9] and [Genesee|46.55,-116.93]. The job in "
        "[Moscow|46.73,-117.0] starts in June. ",
    ),
    (
        "Peoria Journal Star",
        "The plant in [East Peoria|40.67,-89.58] will close. Its workers live in [Pekin|40.57,-89.65], "
        "[Morton|40.61,-89.46], [Washington|40.7,-89.41] and [Peru|41.33,-89.13]. The firm keeps its works in "
        "[Decatur|39.84,-88.95] and [Aurora|41.76,-88.32]. [Tazewell County|40.51,-89.51] will lose taxes, "
        "and so will [Peoria|40.69,-89.59]. ",
    ),
    (
        "Northwest Florida Daily News",
        "[Fort Walton Beach|30.42,-86.62] police charged a [Destin|30.39,-86.5] man. [Okaloosa "
        "County|30.67,-86.59] deputies found him in [Niceville|30.52,-86.48]. He is from "
        "[Crestview|30.76,-86.57] and has family in [Milton|30.63,-87.04] and [Navarre|30.4,-86.86]. A bar in "
        "[Mary Esther|30.41,-86.66] was robbed too. ",
    ),
    (
        None,
        "DOVER, Del. — A [Smyrna|39.3,-75.6] woman was struck by a truck on Route 13 in [Camden|39.11,-75.54] "
        "on Sunday. Troopers took her to a hospital in [Newark|39.68,-75.75]. The driver is from "
        "[Milford|38.91,-75.43]. Roads in [Kent County|39.09,-75.57] were closed from "
        "[Harrington|38.92,-75.58] to [Felton|39.01,-75.58]. ",
    ),
    (
        None,
        "WATERLOO — A [Waterloo|42.49,-92.34] teen was hurt when a car hit his bicycle in [Cedar "
        "Falls|42.53,-92.45]. He was flown to [Iowa City|41.66,-91.53]. The driver, of "
        "[Evansdale|42.47,-92.28], was cited. [Black Hawk County|42.47,-92.31] deputies and [La Porte "
        "City|42.31,-92.19] firefighters helped. ",
    ),
    (
        None,
        "A [Salem|38.63,-88.95] man pleaded guilty Tuesday in [Marion County|38.65,-88.92] court. The judge "
        "sits in [Centralia|38.53,-89.13] too. He had been arrested in [Mount Vernon|38.32,-88.9], "
        "[Ill.|40.0,-89.2], and has ties to [Carlyle|38.61,-89.37] and [Vandalia|38.96,-89.09]. ",
    ),
    (
        None,
        "The [Aurora|39.73,-104.83] City Council voted 7-3 to ban the dogs. [Denver|39.74,-104.99] and "
        "[Commerce City|39.81,-104.93] have such bans. [Castle Rock|39.37,-104.86] repealed one. A shelter in "
        "[Englewood|39.65,-104.99] opposed it, as did one in [Littleton|39.61,-105.02]. ",
    ),
    (
        None,
        "Voters in [Hudson|42.76,-71.44] and [Litchfield|42.84,-71.48] rejected the budget. "
        "[Nashua|42.77,-71.47] will hear it next week. In [Derry|42.88,-71.33], [Windham|42.8,-71.3] and "
        "[Pelham|42.73,-71.32] it passed. The [N.H.|43.7,-71.6] House is watching, and [Concord|43.21,-71.54] "
        "lawyers are at work. ",
    ),
    (
        None,
        "A dead whale washed up in [Florence|43.98,-124.1] on the Oregon coast. Scientists from "
        "[Newport|44.64,-124.05] and [Charleston|43.34,-124.33] took samples. In 1970 officials blew one up "
        "with dynamite. Visitors came from [Eugene|44.05,-123.09] and [Springfield|44.05,-123.02]. Another "
        "was seen off [Bandon|43.12,-124.41]. ",
    ),
    (
        None,
        "BATH, Maine — The shipyard in [Bath|43.91,-69.82] will hire 500 workers. Many live in "
        "[Brunswick|43.91,-69.97], [Lisbon|44.03,-70.1] and [Topsham|43.93,-69.95]. The yard has a works in "
        "[Portland|43.66,-70.26]. A union in [Augusta|44.31,-69.78] backed it. The ferry to "
        "[Islesboro|44.3,-68.9] is built there. ",
    ),
    (
        None,
        "Troopers say a [Troy|31.81,-85.97] woman died on U.S. 231 near [Brundidge|31.72,-85.82]. A passenger "
        "from [Ozark|31.46,-85.64] lives. They were going to [Enterprise|31.32,-85.86]. The Alabama "
        "Department of Public Safety said a truck from [Dothan|31.22,-85.39] crossed the line in [Pike "
        "County|31.8,-85.94]. ",
    ),
    (
        None,
        "The [Lebanon|36.21,-86.29] speedway reopened with fans from [Murfreesboro|35.85,-86.39], "
        "[Gallatin|36.39,-86.45] and [Carthage|36.25,-85.95]. The Tennessee race drew 2,000. Winner Tim Cole "
        "is from [Smyrna|35.98,-86.52]. Police from [Mount Juliet|36.2,-86.52] closed roads in [Wilson "
        "County|36.15,-86.3]. ",
    ),
    (
        None,
        "A bear was shot in [Franklin|35.18,-83.38] after it broke into cars. Rangers in "
        "[Cherokee|35.47,-83.31] and [Bryson City|35.43,-83.45] have killed three. [Macon "
        "County|35.15,-83.42] residents met in [Highlands|35.05,-83.2]. The North Carolina Wildlife "
        "Commission sent officers from [Sylva|35.37,-83.22]. ",
    ),
    (
        None,
        "Two boys drowned near [Wellington|-41.29,174.78] on Sunday. They were from [Porirua|-41.13,174.84]. "
        "A coastguard crew from [Nelson|-41.27,173.28] and one from [Picton|-41.29,174.01] searched. The "
        "ferry to [Blenheim|-41.51,173.95] stopped. A vigil was held in [Lower Hutt|-41.21,174.91]. ",
    ),
    (
        None,
        "The Guelph Storm beat the Rangers. Fans from [Kitchener|43.45,-80.49], [Waterloo|43.47,-80.52] and "
        "[Cambridge|43.36,-80.31] filled the arena in [Guelph|43.55,-80.25]. The team plays in "
        "[Windsor|42.31,-83.04] on Friday and in [Kingston|44.23,-76.49] next week, then "
        "[Peterborough|44.3,-78.32] and [Barrie|44.39,-79.69]. ",
    ),
    (
        None,
        "Police in [Newcastle|-32.93,151.78] charged a man over fires in [Maitland|-32.73,151.55] and "
        "[Cessnock|-32.83,151.35]. He was found at [Singleton|-32.57,151.17]. NSW crews from "
        "[Scone|-32.05,150.87] fought them. He faces court in [Gosford|-33.43,151.34]. ",
    ),
)
