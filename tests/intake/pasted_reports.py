"""Reports as they look when pasted from a page, each line with what it is; all written for these tests."""

from __future__ import annotations

REPORTS = {
    "US daily": """
furniture/navigation| Skip to main content
furniture/navigation| Sections
headline| Bridge over the Yellow Creek to stay shut until spring, county says
standfirst| Engineers found cracks in two of its six piers after the May flood
byline| By Dana Whitlock and Luis Ferrer
timestamp| Sept. 17, 2023, 12:26 p.m. ET
furniture/navigation| Share
caption| Trucks wait at the closed bridge on Friday. Photo by Dana Whitlock
paragraph| The bridge will stay shut until spring, the county decided on Friday after engineers found cracks.
furniture/advert| Story continues below advertisement
paragraph| “We have no choice, and you would not want your children on it,” Ann Harper told the hearing.
paragraph| The repair is expected to cost $4 million, of which the state would pay half.
paragraph| A decision on a ferry is due next week.
furniture/newsletter| Sign up for our weekly newsletter and get local news in your inbox
furniture/related| Most read
furniture/related| School board votes to keep late buses
furniture/related| Mayor will not seek a third term
""",
    "Indian site": """
furniture/navigation| Home > News > India
headline| Two held over fake land papers in Nashik
standfirst| Accused had sold the same plot to nine families, say police
byline| Written by Meera Kulkarni
timestamp| Updated: September 17, 2023 17:36 IST
furniture/navigation| Listen to this article
paragraph| Police on Sunday arrested two men who had allegedly sold one plot to nine families with forged papers.
furniture/related| ALSO READ | Court stays eviction of 40 families
paragraph| Inspector R. Jadhav said that the men had used the seal of an office closed in 2011.
paragraph| They were remanded in custody till Thursday.
furniture/newsletter| Click here to join our WhatsApp channel
furniture/navigation| Tags: Nashik, land
""",
    "African daily": """
headline| Farmers block highway over unpaid maize
byline| By Kwame Asante, Example Times
paragraph| Some 200 farmers blocked the highway on Tuesday, saying that nobody had paid them for their maize.
paragraph| The police asked them to leave after three hours, and they did so without a fight.
furniture/related| READ ALSO: Cocoa price raised for second time
paragraph| "You cannot eat a promise," said their leader, Mr Yaw Boateng.
furniture/advert| - Advertisement -
paragraph| The buyer did not answer calls for comment.
furniture/navigation| Follow us on Facebook and X
furniture/comments| Leave a Reply
furniture/comments| Your email address will not be published. Required fields are marked *
""",
    "wire copy": """
headline| Two soldiers killed in ambush near border town
paragraph| NAIROBI, Kenya (AP) — Two soldiers were killed near Mandera on Wednesday, the army said.
paragraph| No group has claimed the attack.
paragraph| The army said it had sent helicopters to the area, which lies close to the border with Somalia.
byline| (Reporting by Ann Otu; Editing by Musa Bello)
""",
    "wire copy without a headline": """
paragraph| SEOUL, Sept 17 (Example Wire) - South Korea's president said that any deal would be met with a firm answer.
paragraph| His office gave no details.
""",
    "blog": """
headline| What I saw at the port on Monday
timestamp| 18 September 2023
paragraph| I went down to the port on Monday, because a friend had told me that the grain ship was back at last.
paragraph| We waited for two hours, and then a man from the harbour office told us to go home.
paragraph| You could see the cranes moving behind the fence all the while.
furniture/newsletter| Subscribe
furniture/comments| 12 comments
""",
    "press release": """
headline| Ministry of Water opens pumping station at Lake Anna
paragraph| FOR IMMEDIATE RELEASE
paragraph| The ministry today opened a station that will serve 40,000 people in three districts.
paragraph| “Your support made this station possible,” Minister Eva Lund told the villagers at the opening.
paragraph| The station cost 12 million euros and was paid for by donations from two foundations and a loan.
paragraph| For more information, contact the press office at the ministry.
""",
    "reporting that speaks of donations and comments": """
headline| Donations to flood fund pass two million
byline| By Rosa Marin
timestamp| 17 September 2023 09:15 GMT
paragraph| Donations to the flood fund passed two million on Sunday, and support from abroad is growing.
paragraph| Subscribers of the city's largest newspaper gave a third of the sum, according to the fund's treasurer.
paragraph| The minister's comments drew anger in the camps, where people must register to be given food.
paragraph| "Please donate, your donation saves lives and our journalists will tell," the singer told them.
paragraph| She asked people to sign up for shifts at the kitchens and to support independent clinics.
furniture/appeal| Support our journalism
furniture/appeal| We rely on readers like you to keep our newsroom going.
furniture/appeal| It costs us more each year, and you can help.
furniture/appeal| Donate now
""",
    "speech with questions": """
headline| Full text: the prime minister's statement on the dam
paragraph| Good evening to you all, and thank you for coming at such short notice to our office in the capital.
paragraph| We have agreed with our neighbours that the gates will not be closed before the rains are over this year.
paragraph| Your support makes all the difference in these hard days.
paragraph| Our engineers and your engineers will meet on Friday to set the hours in which the gates are opened.
paragraph| I thank you, and I will take your questions.
""",
    "British tabloid": """
furniture/navigation| Menu
furniture/registration| Sign in
headline| Walrus called Misha steals the show at aquarium!
standfirst| Visitors queue for hours to see him clap
byline| By JANE ROWE
timestamp| Published: 17:05 BST, 17 September 2023 | Updated: 09:00 BST, 18 September 2023
furniture/navigation| 120 shares
furniture/comments| 34 View comments
paragraph| A walrus called Misha drew 9,000 visitors to the aquarium at the weekend, its director said on Sunday.
caption| Misha claps for fish at the Sunday show (PA)
paragraph| He learned to clap in only three weeks, the director added, and he seems to like it.
furniture/comments| Share or comment on this article
""",
    "local paper with a picture printed twice": """
headline| Market hall reopens after eleven months
timestamp| Sunday 17 September 2023
caption| Traders carry their goods into the new hall on Sunday morning
caption| Traders carry their goods into the new hall on Sunday morning (Ann Otu/Example Wire via AP)
paragraph| The market hall opened its doors again on Sunday, eleven months after a fire had destroyed its roof.
paragraph| What the traders want
paragraph| Most of the 140 traders have come back, though some say that the new rents are too high for them.
paragraph| “Come back, your stall is waiting,” a banner read.
furniture/other| © 2023 Example Courier. All rights reserved.
""",
    "paywalled page": """
headline| Central bank holds rate at nine per cent
standfirst| Governor says that inflation will fall below target by June
byline| Ivo Brandt
byline| Economics correspondent
timestamp| 17 Sept 2023 - 08:15
paragraph| The central bank held its main rate at nine per cent, as all but one of the analysts had expected.
paragraph| The vote was five to two.
furniture/registration| This article is for subscribers only
furniture/registration| Already a subscriber? Log in
furniture/registration| Create a free account to continue reading
""",
    "broadcaster": """
headline| Storm closes harbour for third day
timestamp| 17 September 2023
furniture/navigation| Share
byline| By Ann Otu & Musa Bello
byline| Example News, Port Anna
caption| Image source, Reuters
caption| Image caption,
caption| Waves broke over the sea wall on Saturday
paragraph| The harbour of Port Anna stayed shut for a third day on Sunday as a storm kept ships away.
paragraph| The mayor said that food would last until Thursday.
furniture/related| Related Topics
furniture/related| Port Anna
furniture/related| More on this story
furniture/related| Storm damages 200 houses
furniture/related| 15 September
""",
    "paper with a promotion in the middle": """
headline| Storm closes harbour for third day
furniture/other| This article is more than 1 year old
standfirst| Food will last until Thursday, says mayor as ships turn back
caption| Waves break over the wall in Port Anna
furniture/navigation| View image in fullscreen
caption| Waves break over the wall in Port Anna. Photograph: Ann Otu/Example Agency
byline| Ann Otu in Port Anna and Musa Bello
timestamp| Sun 17 Sep 2023 12.26 BST
timestamp| Last modified on Sun 17 Sep 2023 14.00 BST
paragraph| The harbour of Port Anna stayed shut for a third day on Sunday as a storm kept ships away.
furniture/newsletter| skip past newsletter promotion
furniture/newsletter| Sign up to First Edition
furniture/newsletter| Free daily newsletter
furniture/newsletter| after newsletter promotion
paragraph| The mayor said that food would last until Thursday.
furniture/related| Explore more on these topics
furniture/related| Storms
""",
    "wire's own site": """
furniture/navigation| World
furniture/navigation| Asia Pacific
headline| Storm closes harbour for third day
byline| By Ann Otu and Musa Bello
timestamp| September 17, 20231:05 PM GMT+1Updated 2 days ago
caption| [1/3]Waves break over the wall in Port Anna, September 16, 2023. REUTERS/Ann Otu
paragraph| PORT ANNA, Sept 17 (Reuters) - The harbour stayed shut for a third day on Sunday, the mayor said.
paragraph| He said that food would last until Thursday.
byline| Reporting by Ann Otu; Editing by Musa Bello
furniture/other| Our Standards: The Example Trust Principles.
furniture/other| Acquire Licensing Rights, opens new tab
""",
}


def laid_out(report: str) -> tuple[str, list[tuple[str, str]]]:
    """The text of a report as pasted, and each of its lines with what it is."""
    lines = [line.partition("| ")[::2] for line in report.strip().splitlines()]
    text = "".join(line + ("\n\n" if kind == "paragraph" else "\n") for kind, line in lines)
    return text, [(kind, line) for kind, line in lines]
