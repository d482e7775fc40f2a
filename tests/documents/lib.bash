# SPDX-License-Identifier: EUPL-1.2
#
# Two incidents at fixed times, for the documents made of them: a rich one,
# back to normal, and one of which next to nothing is known.

load ../e2e/lib

DOCUMENTS='full sitrep board lessons insurer handover'

# One command, some minutes after the one before.
step() {
	later "${AFTER:-4} minutes"
	"$BEFFROI" "$@" >/dev/null 2>said </dev/null || { echo "$*"; cat said; return 1; }
}

as() {
	BEFFROI_AUTHOR=$1 BEFFROI_ROLE=$2 step "${@:3}"
}

facts() {
	step note 'Extension .locked sur SRV-FIC (10.20.30.40)' --by Marc --at 6:20
	step note 'Le VPN a été ouvert par karim depuis 203.0.113.7, vu dans /var/log/auth.log'
	step note 'Entrée par le compte de Marc Dupont ?' --kind hypothesis
	step note 'Peut-être aussi la sauvegarde, selon Zoé' --kind hypothesis
	step note 'Message interne : ne rallumez aucun poste' --kind communication --by claire
	step note "L'expert demande l'accord pour couper la production" --kind request
	step note 'gendarmerie, M. Petit, rappelle à 9 h' --kind call
	as anne director note 'Comptabilité et paie arrêtées ; sauvegardes en cours de contrôle.' --kind sitrep
}

law() {
	step deadline answer attack=yes personal-data=unknown -m 'pas encore vu' --by anne
	step deadline answer cyber-insurance=yes org-insurer='Assurances Exemple' org-policy='CY-2025-77'
	step deadline instant occurred 2:10 -m 'premier fichier chiffré' --by karim
}

services() {
	step asset add Paie --type service --status down --rto 8h --rpo 4h --criticality vital --owner karim -t 6:12
	step asset add Messagerie --type service --status degraded -t 7:00
	step asset add PC-MARC --type workstation --status down -t 6:40
	as karim technical qualify --cause stolen-credentials --reason 'compte de Marc Dupont, sans second facteur'
}

recover() {
	step phase eradication
	step phase recovery
	step asset set 2 back-in-service
	AFTER=600 step note 'Disques neufs' --amount 1200,50
	AFTER=600 step note 'Expert, deux jours' --amount 3400
	step deadline complaint sent --reference 'PV 12' --channel gendarmerie
	step asset set 1 back-in-service --data-until '2/11 23:30' --reason 'restaurée, vérifiée avec la comptabilité'
	step phase return --reason 'paie rendue'
}

rich() {
	printf 'pay us\n' >ransom.txt
	step open 'Fichiers chiffrés à la comptabilité' --at 6:12 --type ransomware --severity 2 --reported-by 'Marc Dupont' \
		--summary $'Les fichiers de la comptabilité sont chiffrés.\nLa paie est arrêtée.'
	facts
	step run "$BATS_TEST_DIRNAME/../cases/small.json"
	as karim technical step 1 done
	as karim technical step 2 fail --reason 'porte fermée'
	step step 3 done --by karim
	law
	as anne director qualify --severity 3 --aware 6:40
	as anne director decide 'Couper Internet' --question 'Que faire ?' --rejected Attendre --rejected 'Débrancher un par un' \
		--reason 'arrêter la propagation, dit Karim' --review +2h
	step action 'Restaurer la paie' --for karim --before 13:00 --priority 1
	step action "Appeler l'assureur" --for claire --before +2h
	step action 'Changer les mots de passe' --for 'Zoé Lambert'
	step action 2 done --reason 'appelé par Claire'
	step attach ransom.txt --where PC-MARC --how 'copie à la main' --reason 'la note'
	step attach --handover 'Gendarmerie, M. Petit' --item 1
	step phase containment
	step phase crisis --reason 'production arrêtée' --by anne
	services
	recover
	later 5 minutes
}

bare() {
	step open 'Alerte antivirus'
	later 5 minutes
}
