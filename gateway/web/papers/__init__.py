"""What is printed and put up: QR codes, the poster of a community, the service card of a member or a team, the certificate."""

from gateway.web.papers.card import ServiceCard as ServiceCard
from gateway.web.papers.card import service_card as service_card
from gateway.web.papers.certificate import CertificatePaper as CertificatePaper
from gateway.web.papers.certificate import certificate as certificate
from gateway.web.papers.poster import Poster as Poster
from gateway.web.papers.poster import poster as poster
from gateway.web.papers.qr import qr_png as qr_png
from gateway.web.papers.qr import qr_svg as qr_svg
