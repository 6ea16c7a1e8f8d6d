// What a browser adds to the pages; everything works without it.
import {createAll} from 'govuk-frontend/dist/govuk/init.mjs';
import {Button} from 'govuk-frontend/dist/govuk/components/button/button.mjs';
import {ErrorSummary} from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import {NotificationBanner} from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs';
import {ServiceNavigation} from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
const options = {onError: (error) => console.error(error)};
createAll(ErrorSummary, {}, options);
createAll(Button, {preventDoubleClick: true}, options);
createAll(NotificationBanner, {}, options);
createAll(ServiceNavigation, undefined, options);
